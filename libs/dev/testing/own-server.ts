import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#libs/dev/embedded-postgres';
import { APP_ROLE, createTemplate, OWNER_ROLE, urlOf } from './template-database.js';

/** A database server of one suite's own, which it may hold up without holding up others. */
export interface OwnServer {
  /** As {@link TestDatabase.appUrl}. */
  appUrl: string;
  ownerUrl: string;
  /** Stops every process of the server (SIGSTOP): connections stay, and nothing answers. */
  freeze(): Promise<void>;
  /** Lets them go on. */
  thaw(): void;
  stop(): Promise<void>;
}

/** Starts one with a migrated database. */
export const startOwnServer = async (): Promise<OwnServer> => {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
  chmodSync(home, 0o755);
  const server = await startEmbeddedPostgres({ home });
  const { name } = await createTemplate(server.superuserUrl);
  let frozen: number[] = [];
  const thaw = () => {
    for (const pid of frozen) signal(pid, 'SIGCONT');
    frozen = [];
  };
  return {
    appUrl: urlOf(server.superuserUrl, name, APP_ROLE),
    ownerUrl: urlOf(server.superuserUrl, name, OWNER_ROLE),
    freeze: async () => {
      // The postmaster first, so that it starts no more.
      frozen = [server.pid, ...(await processesOf(server.superuserUrl))];
      for (const pid of frozen) signal(pid, 'SIGSTOP');
    },
    thaw,
    stop: async () => {
      thaw();
      await server.remove();
      rmSync(home, { recursive: true, force: true });
    },
  };
};

const processesOf = async (superuserUrl: string): Promise<number[]> => {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>(
      'SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()',
    );
    return rows.map(({ pid }) => pid);
  } finally {
    await client.end();
  }
};

// A connection may have ended since.
const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};
