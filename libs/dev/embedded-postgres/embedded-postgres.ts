import { readdirSync, realpathSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DomainError } from '#libs/platform/kernel';
import { initialiseOnce, SUPERUSER } from './cluster.js';
import { probe } from './connection-check.js';
import { freePort } from './free-port.js';
import { lockHome, type HomeLock } from './home-lock.js';
import { choosePlace, outsideDirectory, type Place } from './place.js';
import { isServerOf, livingServer, namedPostmaster } from './postmaster-file.js';
import { makeHome, recall, recallIfAny, remember, type Remembered } from './remembered.js';
import { adoptOrEnd, end, endLeftBackends, launch, type RunningServer } from './server.js';
import { Supervisor } from './supervisor.js';

/** How to start the embedded database server. */
export interface EmbeddedPostgresOptions {
  /** The directory that holds the installation's state, for example /clone/.gatehouse; made when missing. */
  home: string;
  /** The port to prefer; when another program has it another is taken and remembered. */
  port?: number;
  /** Told in a sentence what takes time. */
  log?: (message: string) => void;
  /** Aborted while starting: what was started is ended, and the start rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Settings of postgresql.conf that win over ours: for tests. */
  extraSettings?: Readonly<Record<string, string>>;
}

/** A database server that runs and where it is. */
export interface PostgresAddress {
  /** Connection URL of the superuser; a secret. */
  superuserUrl: string;
  port: number;
  dataDir: string;
}

/** The embedded database server, started or adopted by this process; started again when it ends by itself. */
export interface EmbeddedPostgres extends PostgresAddress {
  /** Process id of the server, as it is now. */
  readonly pid: number;
  /** Ends the server after what was committed is on disk; idempotent. */
  stop(): Promise<void>;
  /** Ends the server and deletes its data, also where that is outside the home: for throw-away homes. */
  remove(): Promise<void>;
}

const BIND_ATTEMPTS = 5;
const OLD_BACKENDS_TIMEOUT_MS = 20_000;
const OLD_BACKENDS =
  'Processes of the database server that was killed still run ("ps ax | grep postgres:"). End them, then start again.';

/**
 * Starts the embedded PostgreSQL of `home`, adopting one that an ended process left running.
 *
 * @throws DomainError `conflict` when another living process already runs Gatehouse in that home;
 * `unavailable` when the server does not start, with the end of its log; `precondition_failed` when
 * the home or its data belongs to somebody else.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  makeHome(resolve(options.home));
  const home = realpathSync(options.home);
  const lock = lockHome(home);
  try {
    const state = recall(home);
    const place = choosePlace(home, state);
    state.directory = place.directory;
    remember(home, state);
    await removeOrphanedData(place, state);
    const server =
      (await adoptOrEnd(place, (port) => superuserUrl(state, port))) ??
      (await startServer(home, place, state, options, log));
    if (server.port !== state.port) remember(home, { ...state, port: server.port });
    return handleOf(home, server, place, state, lock, options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The running server of `home`, whichever process started it; undefined when none runs. */
export async function findRunning(home: string): Promise<PostgresAddress | undefined> {
  const state = recallIfAny(resolve(home));
  if (state?.directory === undefined) return undefined;
  const dataDir = join(state.directory, state.dataName);
  const server = namedPostmaster(dataDir);
  if (!server) return undefined;
  const url = superuserUrl(state, server.port);
  const answer = await probe(url, dataDir);
  return answer === 'ours' ? { superuserUrl: url, port: server.port, dataDir } : undefined;
}

async function startServer(
  home: string,
  place: Place,
  state: Remembered,
  options: EmbeddedPostgresOptions,
  log: (message: string) => void,
): Promise<RunningServer> {
  const made = await initialiseOnce(place, state.password);
  if (made) log('made a new PostgreSQL data directory');
  let preferred = options.port ?? state.port;
  for (let attempt = 0; attempt < BIND_ATTEMPTS; attempt += 1) {
    const port = await freePort(preferred);
    if (preferred !== undefined && port !== preferred)
      log(`port ${preferred} is taken; PostgreSQL uses ${port}`);
    const server = await startOn(port, home, place, state, options);
    if (server !== undefined) return server;
    preferred = undefined;
  }
  throw new DomainError('unavailable', 'PostgreSQL found no free port on 127.0.0.1.');
}

/** Starts the server on this port; undefined when another program has the port. */
async function startOn(
  port: number,
  home: string,
  place: Place,
  state: Remembered,
  { extraSettings = {}, signal }: Pick<EmbeddedPostgresOptions, 'extraSettings' | 'signal'>,
): Promise<RunningServer | undefined> {
  const url = superuserUrl(state, port);
  const deadline = Date.now() + OLD_BACKENDS_TIMEOUT_MS;
  for (;;) {
    const server = await launch(home, place, port, url, extraSettings, signal);
    if (server === 'port taken') return undefined;
    if (server !== 'old backends') return server;
    if (Date.now() > deadline) throw new DomainError('unavailable', OLD_BACKENDS);
    endLeftBackends(place.dataDir);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function handleOf(
  home: string,
  server: RunningServer,
  place: Place,
  state: Remembered,
  lock: HomeLock,
  options: EmbeddedPostgresOptions,
): EmbeddedPostgres {
  const { dataDir } = place;
  const { port } = server;
  const { extraSettings = {}, log = () => undefined } = options;
  const restart = async (signal: AbortSignal): Promise<RunningServer> => {
    const again = await startOn(port, home, place, state, { extraSettings, signal });
    if (again) return again;
    throw new DomainError(
      'unavailable',
      `Port ${port}, the database's, is in use by another program. End it: the database cannot come back elsewhere while Gatehouse runs.`,
    );
  };
  const supervisor = new Supervisor(server, { dataDir, restart, isOurs: () => lock.isHeld(), log });
  // An application that exits without having stopped us still leaves no server behind.
  const onExit = (): void =>
    void (isServerOf(supervisor.pid, dataDir) && process.kill(supervisor.pid, 'SIGINT'));
  process.once('exit', onExit);
  const stop = (): Promise<void> =>
    supervisor.stop().finally(() => {
      process.off('exit', onExit);
      lock.release();
    });
  return {
    superuserUrl: superuserUrl(state, port),
    port,
    get pid() {
      return supervisor.pid;
    },
    dataDir,
    stop,
    remove: async () => {
      await stop();
      rmSync(place.dataDir, { recursive: true, force: true });
      if (place.directory === outsideDirectory(home)) {
        rmSync(place.directory, { recursive: true, force: true });
      }
    },
  };
}

/**
 * A home that was removed and made anew forgot its data, but outside the home that data, and perhaps
 * its server, is still there: nobody could ever open it again.
 */
async function removeOrphanedData(place: Place, state: Remembered): Promise<void> {
  for (const name of readdirSync(place.directory)) {
    if (!name.startsWith('data-') || name === state.dataName) continue;
    const dataDir = join(place.directory, name);
    const pid = livingServer(dataDir);
    if (pid !== undefined) await end(pid, dataDir);
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

function superuserUrl(state: Remembered, port: number): string {
  return `postgresql://${SUPERUSER}:${state.password}@127.0.0.1:${port}/postgres`;
}
