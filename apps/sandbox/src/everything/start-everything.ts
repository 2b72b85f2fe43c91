import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DomainError } from '#libs/platform/kernel';
import { listenOnLoopback } from '../listen.js';

/** The public MCP example server, kept running. */
export interface Everything {
  /** Its MCP address, streamable HTTP. */
  url: string;
  port: number;
  /** Process id of the server that runs now. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;
const FIRST_RESTART_MS = 250;
const LONGEST_RESTART_MS = 10_000;
const STABLE_MS = 30_000;
const STOP_TIMEOUT_MS = 3_000;

/** Starts `@modelcontextprotocol/server-everything`; it is started again whenever it dies. */
export async function startEverything(options: {
  port: number;
  log?: (message: string) => void;
}): Promise<Everything> {
  const port = await reservePort(options.port);
  let child = await startOnce(port);
  let stopping = false;
  let delayMs = FIRST_RESTART_MS;
  let timer: NodeJS.Timeout | undefined;

  const watch = (watched: ChildProcess): void => {
    const startedMs = Date.now();
    const again = (): void => {
      if (stopping) return;
      if (Date.now() - startedMs > STABLE_MS) delayMs = FIRST_RESTART_MS;
      options.log?.('the tool server "everything" ended; it is started again');
      scheduleRestart();
    };
    if (watched.exitCode !== null || watched.signalCode !== null) again();
    else watched.once('exit', again);
  };
  const scheduleRestart = (): void => {
    timer = setTimeout(() => void restart(), delayMs);
    delayMs = Math.min(delayMs * 2, LONGEST_RESTART_MS);
  };
  const restart = async (): Promise<void> => {
    try {
      const next = await startOnce(port);
      child = next;
      if (stopping) await endChild(next);
      else watch(next);
    } catch {
      if (!stopping) scheduleRestart();
    }
  };
  watch(child);
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    port,
    pid: () => child.pid,
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      await endChild(child);
    },
  };
}

/** The port, if it can be had, or a free one for 0: the server itself cannot choose and tell. */
async function reservePort(preferred: number): Promise<number> {
  const probe = await listenOnLoopback(createServer(), preferred, 'the tool server "everything"');
  await probe.close();
  return probe.port;
}

function startOnce(port: number): Promise<ChildProcess> {
  const manifest = createRequire(import.meta.url).resolve(
    '@modelcontextprotocol/server-everything/package.json',
  );
  const guard = new URL('./loopback-guard.mjs', import.meta.url).href;
  const main = join(dirname(manifest), 'dist', 'index.js');
  const child = spawn(process.execPath, ['--import', guard, main, 'streamableHttp'], {
    // One of its tools shows its environment to every caller.
    env: { PATH: process.env['PATH'], PORT: String(port) },
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  });
  child.stdin.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (why: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      const tail = said.trim().split('\n').slice(-5).join('\n');
      reject(
        new DomainError(
          'unavailable',
          `The tool server "everything" did not start: ${why}\n${tail}`,
        ),
      );
    };
    const timer = setTimeout(
      () => fail(`it said nothing for ${START_TIMEOUT_MS / 1000} s.`),
      START_TIMEOUT_MS,
    );
    const onExit = (code: number | null): void => fail(`it ended with ${code ?? 'a signal'}.`);
    child.once('error', (error) => fail(error.message));
    child.once('exit', onExit);
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
      if (!said.includes('listening on port')) return;
      clearTimeout(timer);
      child.off('exit', onExit);
      resolve(child);
    });
  });
}

function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
