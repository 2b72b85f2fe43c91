import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '#libs/platform/kernel';
import { probe } from './connection-check.js';
import type { Place } from './place.js';
import { defuseReusedPid, livingPostmaster } from './postmaster-file.js';
import { isAlive, waitForEnd } from './process-table.js';
import { giveToOwnerOf } from './remembered.js';

const KEEP_BYTES = 10 * 1024 * 1024;

/** The server's log file in the home. */
const logPathIn = (home: string): string => join(home, 'postgres.log');

/** Opens the log for appending; a large one is set aside first, and one such is kept. */
function openServerLog(home: string): number {
  const path = logPathIn(home);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > KEEP_BYTES) renameSync(path, `${path}.1`);
  const file = openSync(path, 'a', 0o600);
  giveToOwnerOf(home, file);
  return file;
}

/** What the server said last, for an error message. */
function lastLogLines(home: string, count = 10): string {
  try {
    return readFileSync(logPathIn(home), 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '(its log is empty)';
  }
}

const START_TIMEOUT_MS = 90_000;
/** A server that recovers says so; one that says nothing for this long is stuck. */
const SILENCE_TIMEOUT_MS = 6_000;
const FAST_STOP_TIMEOUT_MS = 20_000;
const IMMEDIATE_STOP_TIMEOUT_MS = 5_000;

/** A server process of ours. */
export interface RunningServer {
  pid: number;
  port: number;
}

/** Settings on the command line win over the files, so nothing that was altered in them weakens these. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  max_connections: '200',
  shared_buffers: '128MB',
  max_wal_size: '512MB',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_destination: 'stderr',
  // A statement may carry a secret (ALTER ROLE … PASSWORD), so a failing one is not written down.
  log_min_error_statement: 'panic',
  jit: 'off',
};

/** Starts the server on `port` and waits until it takes connections. `busy` means the port is taken. */
export async function launch(
  home: string,
  place: Place,
  port: number,
  url: string,
  extraSettings: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<RunningServer | 'busy'> {
  defuseReusedPid(place.dataDir);
  const settings = Object.entries({ ...SETTINGS, ...extraSettings, port: String(port) });
  const log = openServerLog(home);
  // Detached: a session of its own, so that Ctrl-C in the terminal reaches the application only and
  // the database outlives the application's last transaction.
  const child = spawn(
    place.binaries.postgres,
    ['-D', place.dataDir, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...place.runAs,
      cwd: place.dataDir,
      detached: true,
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  const outcome: { failure?: string } = {};
  child.once('error', (error) => (outcome.failure = error.message));
  child.once('exit', (code, signal) => (outcome.failure ??= `it ended with ${signal ?? code}`));
  child.unref();

  const deadline = Date.now() + START_TIMEOUT_MS;
  // oxlint-disable-next-line no-unmodified-loop-condition -- the signal's own state changes, not the name
  while (outcome.failure === undefined && signal?.aborted !== true && Date.now() < deadline) {
    if (livingPostmaster(place.dataDir)?.pid === child.pid) {
      if ((await probe(url, place.dataDir)) === 'ours') return { pid: child.pid as number, port };
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  const said = lastLogLines(home);
  const { failure } = outcome;
  if (failure === undefined && child.pid !== undefined) await end(child.pid);
  signal?.throwIfAborted();
  if (said.includes('could not bind IPv4 address')) return 'busy';
  throw new DomainError(
    'unavailable',
    `PostgreSQL did not start: ${failure ?? `no answer within ${START_TIMEOUT_MS / 1000} s`}. Its log ${logPathIn(home)} ends with:\n${said}`,
  );
}

/** Takes over the server that an ended parent left, or ends it when it does not answer as ours. */
export async function adoptOrEnd(
  place: Place,
  urlFor: (port: number) => string,
): Promise<RunningServer | undefined> {
  const found = livingPostmaster(place.dataDir);
  if (!found) return undefined;
  let lastHeardMs = Date.now();
  while (Date.now() - lastHeardMs < SILENCE_TIMEOUT_MS && isAlive(found.pid)) {
    const answer = await probe(urlFor(found.port), place.dataDir);
    if (answer === 'ours') return found;
    if (answer === 'not ours') break;
    if (answer === 'starting') lastHeardMs = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await end(found.pid, 'SIGQUIT');
  return undefined;
}

/**
 * Ends a server: fast first (clients are disconnected, data is written), then less and less kindly.
 * Committed data survives each; one that is known to hang is not asked the slow way.
 */
export async function end(pid: number, from: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
  const allSteps = [
    ['SIGINT', FAST_STOP_TIMEOUT_MS],
    ['SIGQUIT', IMMEDIATE_STOP_TIMEOUT_MS],
    ['SIGKILL', IMMEDIATE_STOP_TIMEOUT_MS],
  ] as const;
  const steps = from === 'SIGINT' ? allSteps : allSteps.slice(1);
  for (const [signal, timeoutMs] of steps) {
    if (!isAlive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    if (await waitForEnd(pid, timeoutMs)) return;
  }
  throw new DomainError(
    'unavailable',
    `PostgreSQL (process ${pid}) does not end. Look at the machine: its disk may hang.`,
  );
}
