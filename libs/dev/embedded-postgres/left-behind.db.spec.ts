import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startEmbeddedPostgres } from './index.js';
import type { EmbeddedPostgres } from './embedded-postgres.js';
import { isAlive, isTaken, waitForEnd } from './process-table.js';

let parent: string;
let home: string;
const started: EmbeddedPostgres[] = [];
const others: ChildProcess[] = [];

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'gatehouse-pg-'));
  chmodSync(parent, 0o755);
  home = join(parent, 'home');
});

afterEach(async () => {
  for (const postgres of started.splice(0)) await postgres.remove();
  for (const other of others.splice(0)) other.kill('SIGKILL');
  rmSync(parent, { recursive: true, force: true });
});

const start = async (log?: (message: string) => void): Promise<EmbeddedPostgres> => {
  const postgres = await startEmbeddedPostgres({ home, ...(log && { log }) });
  started.push(postgres);
  return postgres;
};

const ask = async (url: string, text: string): Promise<unknown> => {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return Object.values((await client.query<Record<string, unknown>>(text)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
};

/** A home whose server kept a row, and was killed as the machine's memory or power would. */
const killed = async (): Promise<{ pidFile: string; dataDir: string }> => {
  const first = await start();
  await ask(first.superuserUrl, 'CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer');
  rmSync(join(home, 'postgres.lock'));
  process.kill(first.pid, 'SIGKILL');
  await waitForEnd(() => isAlive(first.pid), 20_000);
  return { pidFile: join(first.dataDir, 'postmaster.pid'), dataDir: first.dataDir };
};

const answers = async (): Promise<unknown> =>
  ask((await start()).superuserUrl, 'SELECT answer FROM kept');

/** The account of the server: PostgreSQL asks no other's processes. */
const accountOf = (dataDir: string): { uid: number; gid: number } | object => {
  const { uid, gid } = statSync(dataDir);
  return process.getuid?.() === 0 ? { uid, gid } : {};
};

/** A process that has ended and that its parent never waits for, as under a PID 1 that reaps nobody. */
const zombie = async (dataDir: string): Promise<number> => {
  const script = 'sleep 0.1 & echo $!; exec sleep 600';
  const keeper = spawn('/bin/sh', ['-c', script], { ...accountOf(dataDir), cwd: '/' });
  others.push(keeper);
  const [text] = (await once(keeper.stdout, 'data')) as [Buffer];
  const pid = Number(text.toString());
  await waitForEnd(() => isAlive(pid), 20_000);
  expect({ taken: isTaken(pid), alive: isAlive(pid) }).toEqual({ taken: true, alive: false });
  return pid;
};

const withPid = (pidFile: string, pid: number): void => {
  const [, ...rest] = readFileSync(pidFile, 'utf8').split('\n');
  writeFileSync(pidFile, [pid, ...rest].join('\n'));
};

describe('what a killed server left', { timeout: 90_000 }, () => {
  test('does not keep the next from starting when its process id is a zombie’s for good', async () => {
    const { pidFile, dataDir } = await killed();
    withPid(pidFile, await zombie(dataDir));
    expect(await answers()).toBe(42);
  });

  test('does not matter when its pid file is cut short or no such file', async () => {
    for (const content of ['', 'garbage\n\0\0', '-1\n', '1', '12345678901234567890\n']) {
      const { pidFile } = await killed();
      writeFileSync(pidFile, content);
      expect(await answers()).toBe(42);
      await started.at(-1)?.stop();
    }
  });

  test('does not matter when it is a backend that does not notice', async () => {
    const first = await start();
    await ask(first.superuserUrl, 'CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer');
    const client = new Client({ connectionString: first.superuserUrl });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    process.kill(rows[0]!.pid, 'SIGSTOP');
    rmSync(join(home, 'postgres.lock'));
    process.kill(first.pid, 'SIGKILL');
    expect(await answers()).toBe(42);
  });

  test('is ended when the server still runs and its pid file is cut short', async () => {
    const first = await start();
    await ask(first.superuserUrl, 'CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer');
    rmSync(join(home, 'postgres.lock'));
    truncateSync(join(first.dataDir, 'postmaster.pid'));
    const { pid } = first;
    expect(await answers()).toBe(42);
    expect(isAlive(pid)).toBe(false);
  });

  test('is no reason to signal the process that has its id by now', async () => {
    const first = await start();
    const { dataDir } = first;
    // Its arguments name the directory as a server's would.
    const args = ['-c', 'sleep 600', '/postgres', '-D', dataDir, ''];
    const other = spawn('/bin/sh', args, { ...accountOf(dataDir), cwd: '/', stdio: 'ignore' });
    others.push(other);
    rmSync(join(home, 'postgres.lock'));
    process.kill(first.pid, 'SIGKILL');
    await waitForEnd(() => isAlive(first.pid), 20_000);
    withPid(join(dataDir, 'postmaster.pid'), other.pid!);
    const again = await start();
    await again.stop();
    expect(isAlive(other.pid!)).toBe(true);
  });
});

describe('what the home remembers', { timeout: 90_000 }, () => {
  test('is a hint: its lock and its log', async () => {
    await killed();
    writeFileSync(join(home, 'postgres.lock'), '{"pid":1,"started');
    writeFileSync(join(home, 'postgres.log'), 'could not bind IPv4 address');
    expect(await answers()).toBe(42);
  });

  test('is a hint: the port', async () => {
    const first = await start();
    await first.stop();
    const path = join(home, 'postgres.json');
    const known = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...known, port: 99_999_999 }));
    expect(await ask((await start()).superuserUrl, 'SELECT 1')).toBe(1);
  });

  test('is said to be damaged where nothing else knows it', async () => {
    mkdirSync(home, { mode: 0o711 });
    for (const content of ['', '{', 'null', '[]', '{}', '{"home":1}']) {
      writeFileSync(join(home, 'postgres.json'), content);
      await expect(startEmbeddedPostgres({ home })).rejects.toMatchObject({
        code: 'precondition_failed',
        message: expect.stringMatching(/postgres\.json is damaged/) as string,
      });
    }
  });
});

describe('a server that is killed while it is needed', { timeout: 90_000 }, () => {
  test('comes back at the same address with what was committed', async () => {
    const said: string[] = [];
    const postgres = await start((message) => said.push(message));
    await ask(postgres.superuserUrl, 'CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer');
    for (let time = 0; time < 2; time += 1) {
      const { pid } = postgres;
      process.kill(pid, 'SIGKILL');
      await vi.waitFor(
        async () => {
          expect(postgres.pid).not.toBe(pid);
          expect(await ask(postgres.superuserUrl, 'SELECT answer FROM kept')).toBe(42);
        },
        { timeout: 30_000, interval: 200 },
      );
    }
    expect(said.join('\n')).toMatch(/ended by itself.*\n.*is back/);
    const { pid } = postgres;
    await postgres.stop();
    expect(isAlive(pid)).toBe(false);
  });

  test('is not started again for an application that lost its home', async () => {
    const postgres = await start();
    started.pop();
    rmSync(join(home, 'postgres.lock'));
    const { pid } = postgres;
    process.kill(pid, 'SIGKILL');
    await waitForEnd(() => isAlive(pid), 20_000);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(postgres.pid).toBe(pid);
    const list = spawnSync('ps', ['-axo', 'command'], { encoding: 'utf8' });
    expect(list.stdout).not.toContain(postgres.dataDir);
  });
});
