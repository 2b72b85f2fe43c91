import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '#libs/dev/embedded-postgres';

/** An empty database on a server of its own, with the roles of docs/operations.md. */
export interface FreshDatabase {
  /** As the role of one process. */
  urlOf: (app: ProcessName) => string;
  ownerUrl: string;
  remove(): Promise<void>;
}

type ProcessName = 'api' | 'gateway' | 'worker';

const PASSWORD = 'test-only';

/** Makes one, as docs/operations.md tells a database administrator. */
export const freshDatabase = async (): Promise<FreshDatabase> => {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-fresh-'));
  // The server runs as another user when we are root, and must be able to enter.
  chmodSync(home, 0o755);
  const server = await startEmbeddedPostgres({ home });
  const client = new Client({ connectionString: server.superuserUrl });
  await client.connect();
  for (const role of ['owner', 'api', 'gateway', 'worker'])
    await client.query(`CREATE ROLE gatehouse_${role} LOGIN PASSWORD '${PASSWORD}'`);
  await client.query('CREATE DATABASE gatehouse OWNER gatehouse_owner');
  await client.end();
  const as = (username: string): string =>
    Object.assign(new URL(server.superuserUrl), {
      username,
      password: PASSWORD,
      pathname: '/gatehouse',
    }).href;
  return {
    urlOf: (app) => as(`gatehouse_${app}`),
    ownerUrl: as('gatehouse_owner'),
    remove: async () => {
      await server.remove();
      rmSync(home, { recursive: true, force: true });
    },
  };
};
