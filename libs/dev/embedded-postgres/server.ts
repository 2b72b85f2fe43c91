import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '#libs/platform/kernel';
import { probe } from './connection-check.js';
import type { Place } from './place.js';
import {
  discardStaleFile,
  isServerOf,
  leftBackends,
  livingServer,
  namedPostmaster,
} from './postmaster-file.js';
import { lifeOf, waitForEnd } from './process-table.js';
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

const SAID_BYTES = 16 * 1024;

/** What the server said since its log was that long: never what an earlier start had said. */
function lastLogLines(home: string, since: number, count = 10): string {
  const file = openSync(logPathIn(home), 'r');
  try {
    const from = Math.max(since, fstatSync(file).size - SAID_BYTES);
    const bytes = Buffer.alloc(SAID_BYTES);
    const length = readSync(file, bytes, 0, SAID_BYTES, from);
    const text = bytes.toString('utf8', 0, length).trimEnd();
    return text.split('\n').slice(-count).join('\n') || '(its log is empty)';
  } finally {
    closeSync(file);
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

/** What kept a server from starting that the next attempt may find otherwise. */
export type StartObstacle = 'port taken' | 'old backends';

/** Starts the server on `port` and waits until it takes connections. */
export async function launch(
  home: string,
  place: Place,
  port: number,
  url: string,
  extraSettings: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<RunningServer | StartObstacle> {
  discardStaleFile(place.dataDir);
  const settings = Object.entries({ ...SETTINGS, ...extraSettings, port: String(port) });
  const log = openServerLog(home);
  const logLength = fstatSync(log).size;
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
    if (namedPostmaster(place.dataDir)?.pid === child.pid) {
      if ((await probe(url, place.dataDir)) === 'ours') return { pid: child.pid as number, port };
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  const said = lastLogLines(home, logLength);
  const { failure } = outcome;
  if (failure === undefined && child.pid !== undefined) await end(child.pid, place.dataDir);
  signal?.throwIfAborted();
  if (said.includes('could not bind IPv4 address')) return 'port taken';
  if (said.includes('pre-existing shared memory block')) return 'old backends';
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
  const { dataDir } = place;
  const found = namedPostmaster(dataDir);
  if (!found) {
    // Without its file a server would soon end by itself.
    const pid = livingServer(dataDir);
    if (pid !== undefined) await end(pid, dataDir);
    return undefined;
  }
  let lastHeardMs = Date.now();
  while (Date.now() - lastHeardMs < SILENCE_TIMEOUT_MS && isServerOf(found.pid, dataDir)) {
    const answer = await probe(urlFor(found.port), place.dataDir);
    if (answer === 'ours') return found;
    if (answer === 'not ours') break;
    if (answer === 'starting') lastHeardMs = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await end(found.pid, dataDir, 'SIGQUIT');
  return undefined;
}

/**
 * Ends what a killed server left of itself, which can do nothing any more but keep the next one from
 * starting.
 */
export function endLeftBackends(dataDir: string): void {
  for (const pid of leftBackends(dataDir)) send(pid, 'SIGKILL');
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH') return;
    throw new DomainError(
      'forbidden',
      `The database server of this home (process ${pid}) was started by another user and cannot be ended. End it, or start as that user.`,
      { cause: error },
    );
  }
}

/**
 * Ends a server: fast first (clients are disconnected, data is written), then less and less kindly.
 * Committed data survives each; one that is known to hang is not asked the slow way. A process that is
 * not this data directory's server, because the id was given to another, gets no signal.
 */
export async function end(
  pid: number,
  dataDir: string,
  from: 'SIGINT' | 'SIGQUIT' = 'SIGINT',
): Promise<void> {
  const lives = lifeOf(pid);
  if (!isServerOf(pid, dataDir)) return;
  const allSteps = [
    ['SIGINT', FAST_STOP_TIMEOUT_MS],
    ['SIGQUIT', IMMEDIATE_STOP_TIMEOUT_MS],
    ['SIGKILL', IMMEDIATE_STOP_TIMEOUT_MS],
  ] as const;
  const steps = from === 'SIGINT' ? allSteps : allSteps.slice(1);
  for (const [signal, timeoutMs] of steps) {
    if (!lives()) return;
    send(pid, signal);
    if (await waitForEnd(lives, timeoutMs)) return;
  }
  throw new DomainError(
    'unavailable',
    `PostgreSQL (process ${pid}) does not end. Look at the machine: its disk may hang.`,
  );
}
