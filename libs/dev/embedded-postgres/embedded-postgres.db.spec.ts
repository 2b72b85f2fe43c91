import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EmbeddedPostgres } from './embedded-postgres.js';
import { findRunning, startEmbeddedPostgres } from './index.js';
import { outsideDirectory } from './place.js';
import { commandLineOf, isAlive, waitForEnd } from './process-table.js';

const isRoot = process.getuid?.() === 0;
let parent: string;
let home: string;
const started: EmbeddedPostgres[] = [];

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'gatehouse-pg-'));
  chmodSync(parent, 0o755);
  home = join(parent, 'home');
});

afterEach(async () => {
  for (const postgres of started.splice(0)) await postgres.remove();
  rmSync(parent, { recursive: true, force: true });
});

async function start(options: { port?: number; home?: string } = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ home, ...options });
  started.push(postgres);
  return postgres;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** What kill -9 of the application does to this process's claim: nobody alive holds the home. */
function removeLock(): void {
  rmSync(join(home, 'postgres.lock'));
}

async function killPostmaster(postgres: EmbeddedPostgres): Promise<void> {
  process.kill(postgres.pid, 'SIGKILL');
  expect(await waitForEnd(() => isAlive(postgres.pid), 20_000)).toBe(true);
}

describe('the embedded PostgreSQL', { timeout: 60_000 }, () => {
  test('runs durably, on the loopback address, behind a password', async () => {
    const { superuserUrl, port } = await start();
    const [settings] = await query(
      superuserUrl,
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS sync,
              current_setting('listen_addresses') AS addresses,
              current_setting('max_connections') AS connections,
              current_setting('server_version_num')::int / 10000 AS major`,
    );
    expect(settings).toEqual({
      fsync: 'on',
      sync: 'on',
      addresses: '127.0.0.1',
      connections: '200',
      major: 18,
    });
    await expect(query(`postgresql://postgres:wrong@127.0.0.1:${port}/postgres`, 'SELECT 1'))
      .rejects //
      .toThrow('password authentication failed');
    await expect(query(`postgresql://postgres@127.0.0.1:${port}/postgres`, 'SELECT 1'))
      .rejects //
      .toThrow(/password/);
    expect(statSync(join(home, 'postgres.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'postgres.log')).mode & 0o777).toBe(0o600);
  });

  test('keeps what was committed when the server is killed', async () => {
    const first = await start();
    await query(first.superuserUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await killPostmaster(first);
    await first.stop();
    const second = await start();
    expect(second.pid).not.toBe(first.pid);
    expect(second.port).toBe(first.port);
    expect(await query(second.superuserUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  test('adopts the server that a killed application left running, and ends it', async () => {
    const first = await start();
    removeLock();
    const second = await start();
    expect(second.pid).toBe(first.pid);
    await second.stop();
    expect(isAlive(first.pid)).toBe(false);
    expect(await findRunning(home)).toBeUndefined();
  });

  test('ends an orphan that no longer answers and starts a new one', async () => {
    const first = await start();
    await query(first.superuserUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    removeLock();
    process.kill(first.pid, 'SIGSTOP');
    const second = await start();
    expect(second.pid).not.toBe(first.pid);
    expect(await query(second.superuserUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  }, 90_000);

  test('starts although the remembered process id now belongs to somebody else', async () => {
    const first = await start();
    await killPostmaster(first);
    await first.stop();
    // Not our Node: that account may not be able to enter this clone.
    const other = spawn('sleep', ['60'], {
      ...accountOf(first.dataDir),
      cwd: '/',
      stdio: 'ignore',
    });
    const pidFile = join(first.dataDir, 'postmaster.pid');
    const [, ...rest] = readFileSync(pidFile, 'utf8').split('\n');
    writeFileSync(pidFile, [other.pid, ...rest].join('\n'));
    try {
      const second = await start();
      expect(await query(second.superuserUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      expect(isAlive(other.pid as number)).toBe(true);
    } finally {
      other.kill('SIGKILL');
    }
  });

  test('throws away what an interrupted initdb left', async () => {
    const leftover = join(home, 'postgres', 'initialising-12345678');
    mkdirSync(join(leftover, 'base'), { recursive: true });
    chmodSync(home, 0o711);
    writeFileSync(join(leftover, 'PG_VERSION'), '18\n');
    writeFileSync(`${leftover}.password`, 'left');
    const { superuserUrl } = await start();
    expect(await query(superuserUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(existsSync(leftover)).toBe(false);
    expect(existsSync(`${leftover}.password`)).toBe(false);
  });

  test('takes another port when another program has its own, and remembers it', async () => {
    const first = await start();
    await first.stop();
    const other = createServer().listen(first.port, '127.0.0.1');
    try {
      const second = await start();
      expect(second.port).not.toBe(first.port);
      await second.stop();
      expect((await start()).port).toBe(second.port);
    } finally {
      other.close();
    }
  });

  test('rejects a second start in the same home and leaves the first alone', async () => {
    const first = await start();
    await expect(startEmbeddedPostgres({ home })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`already running in ${home} (process ${process.pid})`),
    });
    expect(await query(first.superuserUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('lets exactly one of many racing starts win, also over a stale lock', async () => {
    mkdirSync(home, { mode: 0o711 });
    writeFileSync(join(home, 'postgres.lock'), JSON.stringify({ pid: 1, started: 'long ago' }));
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => start()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('ends what it started when told to stop while starting', async () => {
    await start().then((postgres) => postgres.stop());
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(startEmbeddedPostgres({ home, signal })).rejects.toThrow('enough');
    expect(await findRunning(home)).toBeUndefined();
    expect(readdirSync(home)).not.toContain('postgres.lock');
  });

  test('quotes the end of the log when the server cannot start', async () => {
    const attempt = startEmbeddedPostgres({ home, extraSettings: { shared_buffers: '1' } });
    await expect(attempt).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/PostgreSQL did not start: it ended with 1.*shared_buffers/s),
    });
  });

  test('runs in a process group of its own, out of reach of Ctrl-C in the terminal', async () => {
    const { pid, dataDir } = await start();
    expect(commandLineOf(pid)).toContain(dataDir);
    expect(groupOf(pid)).toBe(String(pid));
    expect(groupOf(process.pid)).not.toBe(String(pid));
  });

  test('finds a running server without being the one who started it', async () => {
    expect(await findRunning(home)).toBeUndefined();
    const { superuserUrl, port, dataDir } = await start();
    expect(await findRunning(home)).toEqual({ superuserUrl, port, dataDir });
  });

  test('does not share the data of the home that it was copied from', async () => {
    const first = await start();
    await query(first.superuserUrl, 'CREATE TABLE secret AS SELECT 1');
    const copy = join(parent, 'copy');
    spawnSync('cp', ['-a', home, copy]);
    const second = await start({ home: copy });
    expect(second.pid).not.toBe(first.pid);
    expect(second.dataDir.startsWith(copy)).toBe(true);
  });
});

describe.runIf(isRoot)('as root', { timeout: 60_000 }, () => {
  beforeEach(() => chmodSync(parent, 0o700));

  test('keeps the data outside a home that the server account cannot enter', async () => {
    const first = await start();
    const outside = outsideDirectory(home);
    expect(first.dataDir.startsWith(`${outside}/`)).toBe(true);
    expect(lstatSync(first.dataDir).uid).toBeGreaterThan(0);
    expect(lstatSync(first.dataDir).mode & 0o777).toBe(0o700);
    await query(first.superuserUrl, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await start();
    expect(await query(second.superuserUrl, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  test('forgets outside data, and ends its server, when the home was removed', async () => {
    const first = await start();
    rmSync(home, { recursive: true });
    const second = await start();
    expect(isAlive(first.pid)).toBe(false);
    expect(existsSync(first.dataDir)).toBe(false);
    expect(second.dataDir).not.toBe(first.dataDir);
  });

  test.each(['a symlink', 'a directory of somebody else'])(
    'rejects %s that waits outside the home',
    async (trap) => {
      mkdirSync(home);
      const outside = outsideDirectory(home);
      if (trap === 'a symlink') symlinkSync(parent, outside);
      else spawnSync('install', ['-d', '-o', 'nobody', outside]);
      try {
        await expect(startEmbeddedPostgres({ home })).rejects.toMatchObject({
          code: 'precondition_failed',
        });
      } finally {
        rmSync(outside, { recursive: true, force: true });
      }
    },
  );
});

const groupOf = (pid: number): string =>
  spawnSync('ps', ['-o', 'pgid=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();

function accountOf(dataDir: string): { uid: number; gid: number } | undefined {
  const { uid, gid } = statSync(dataDir);
  return isRoot ? { uid, gid } : undefined;
}
