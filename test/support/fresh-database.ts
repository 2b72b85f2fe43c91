import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '#libs/dev/embedded-postgres';

/** An empty database on a server of its own, with the two roles of docs/operations.md. */
export interface FreshDatabase {
  applicationUrl: string;
  ownerUrl: string;
  remove(): Promise<void>;
}

const PASSWORD = 'test-only';

/** Makes one, as docs/operations.md tells a database administrator. */
export const freshDatabase = async (): Promise<FreshDatabase> => {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-fresh-'));
  // The server runs as another user when we are root, and must be able to enter.
  chmodSync(home, 0o755);
  const server = await startEmbeddedPostgres({ home });
  const client = new Client({ connectionString: server.superuserUrl });
  await client.connect();
  await client.query(`CREATE ROLE gatehouse_owner LOGIN PASSWORD '${PASSWORD}'`);
  await client.query(`CREATE ROLE gatehouse_app LOGIN PASSWORD '${PASSWORD}'`);
  await client.query('CREATE DATABASE gatehouse OWNER gatehouse_owner');
  await client.end();
  const urlOf = (username: string): string =>
    Object.assign(new URL(server.superuserUrl), {
      username,
      password: PASSWORD,
      pathname: '/gatehouse',
    }).href;
  return {
    applicationUrl: urlOf('gatehouse_app'),
    ownerUrl: urlOf('gatehouse_owner'),
    remove: async () => {
      await server.remove();
      rmSync(home, { recursive: true, force: true });
    },
  };
};
