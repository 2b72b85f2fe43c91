import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { holderOf } from '#libs/dev/embedded-postgres';
import { prepareDatabase } from '#libs/platform/boot';
import { loadConfig, type Config } from '#libs/platform/config';
import { DEFAULT_DATABASE_ROLES, PROCESS_NAMES, type ProcessName } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import {
  agentClientSecret,
  lastStart,
  localSecrets,
  rememberStart,
  resolveHome,
} from '#libs/dev/local';
import { createLogger } from '#libs/platform/telemetry';
import { printSetupCode } from '../../api/src/index.js';
import { issueAgentToken, type Sandbox } from '../../sandbox/src/index.js';
import { createFront, listen, stopListening } from './front.js';
import { nextSteps } from './next-steps.js';
import { openDatabase } from './open-database.js';
import { openSandbox } from './open-sandbox.js';
import { assertPortsAreFree } from './ports.js';
import { ensureScimToken } from './seed/ensure-scim-token.js';
import { seedOrganisation } from './seed/seed-organisation.js';
import { readPort, sandboxConfig, type EnvironmentVariables } from './settings.js';
import { Stack } from './stack.js';
import { startProcesses } from './start-processes.js';

/** A standalone Gatehouse that is up. */
export interface Standalone {
  /** What its user can do next. */
  nextSteps: string;
  close(): Promise<void>;
}

interface Start {
  environment: EnvironmentVariables;
  /** Told in a few words what is being done. */
  log: (message: string) => void;
  /** Aborted when the user wants it to end before it is up. */
  signal: AbortSignal;
}

/**
 * Starts everything in this process: the embedded database and the demo organisation, or, with
 * `DATABASE_URL` set, only Gatehouse on that database. What had been started is ended when something
 * fails.
 */
export const startStandalone = async (start: Start): Promise<Standalone> => {
  const stack = new Stack();
  try {
    const steps = isMeantForUs(start)
      ? await startOnGivenDatabase(start, stack)
      : await startWithSandbox(start, stack);
    return { nextSteps: steps, close: () => stack.close() };
  } catch (error) {
    await stack.close().catch(() => undefined);
    throw error;
  }
};

/** Many programs have a DATABASE_URL; Gatehouse's comes with the one of the role that migrates. */
const isMeantForUs = ({ environment, log }: Start): boolean => {
  const { DATABASE_URL: application, MIGRATE_DATABASE_URL: owner } = environment;
  if (application && !owner)
    log('DATABASE_URL without MIGRATE_DATABASE_URL is taken for another program’s: not used');
  return Boolean(application && owner);
};

// The sandbox is never seeded into a database that it did not create.
const startOnGivenDatabase = async (start: Start, stack: Stack): Promise<string> => {
  const config = loadConfig(start.environment);
  await assertPortsAreFree([config.port]);
  const { databaseUrl: url } = config;
  await prepareDatabase(config, { processes: PROCESS_NAMES, logger: loggerOf(config) });
  await serve(config, { api: url, gateway: url, worker: url }, start, stack);
  return `Gatehouse is up: ${config.publicUrl}\nCtrl-C stops everything.`;
};

const isPreRelease = (error: unknown): boolean =>
  error instanceof DomainError && error.code === 'precondition_failed';

const preReleaseHome = (home: string): DomainError =>
  new DomainError(
    'precondition_failed',
    `${home} is from a pre-release of Gatehouse: remove it, or set GATEHOUSE_HOME to another directory, to begin anew.`,
  );

const startWithSandbox = async (start: Start, stack: Stack): Promise<string> => {
  const { environment, log, signal } = start;
  const home = resolveHome(environment);
  const port = readPort(environment);
  assertNotRunning(home);
  await assertPortsAreFree([port, port + 1, port + 2, port + 3]);
  const secrets = localSecrets(home);

  log('starting PostgreSQL');
  const database = stack.add(await openDatabase({ home, secrets, log, signal }), (it) =>
    it.close(),
  );
  const { applicationUrl, ownerUrl, processUrls } = database;
  const logger = createLogger({ level: 'warn', name: 'gatehouse' });
  await prepareDatabase(
    {
      databaseUrl: applicationUrl,
      migrateDatabaseUrl: ownerUrl,
      databaseRoles: DEFAULT_DATABASE_ROLES,
    },
    { processes: PROCESS_NAMES, logger },
  ).catch((error: unknown) => {
    throw isPreRelease(error) ? preReleaseHome(home) : error;
  });
  await assertMadeForPort(ownerUrl, home, port);
  signal.throwIfAborted();

  log('starting the demo organisation');
  const sandbox = stack.add(await openSandbox({ home, port, secrets }), (it) => it.stop());
  const { issuer } = sandbox;
  const config = sandboxConfig(environment, { port, applicationUrl, issuer, secrets });
  signal.throwIfAborted();

  await serve(config, processUrls, start, stack, sandbox);
  const { publicUrl, gateway } = config;
  const { accounts, password, agents } = sandbox.organisation;
  const interactive = agents.find(({ binding }) => binding === 'client');
  rememberStart(home, {
    publicUrl,
    issuer,
    audience: gateway.audience,
    ...(interactive && {
      people: { clientId: interactive.clientId, password, agent: interactive.name },
    }),
  });
  const token = await issueAgentToken({
    issuer,
    clientId: 'coding-agent',
    clientSecret: agentClientSecret(secrets, 'coding-agent'),
    audience: gateway.audience,
  });
  return nextSteps({ publicUrl, accounts, password, token });
};

const loggerOf = ({ logLevel }: Config) => createLogger({ level: logLevel, name: 'gatehouse' });

const serve = async (
  config: Config,
  databaseUrls: Readonly<Record<ProcessName, string>>,
  { log, signal, environment }: Start,
  stack: Stack,
  sandbox?: Sandbox,
): Promise<void> => {
  log('starting worker, API and gateway');
  const consoleDir = resolve('apps/console/dist');
  const processes = await startProcesses({
    config,
    databaseUrls,
    logger: loggerOf(config),
    version: readVersion(),
    consoleDir,
  });
  stack.add(processes, (it) => it.close());
  if (!sandbox) await printSetupCode(processes.api);
  if (sandbox) {
    const { app } = processes.api;
    await seedOrganisation(app, sandbox.organisation, config.publicUrl);
    await ensureScimToken(app, resolveHome(environment), sandbox.issuer);
  }
  signal.throwIfAborted();
  const front = createFront({ gateway: processes.gateway, api: processes.api.handler });
  stack.add(front, stopListening);
  await listen(front, config.port, config.host);
};

const assertNotRunning = (home: string): void => {
  const holder = holderOf(home);
  const last = lastStart(home);
  if (holder === undefined || last === null) return;
  throw new DomainError(
    'conflict',
    `Gatehouse is already up at ${last.publicUrl} (process ${holder}). Use it, or end it first.`,
  );
};

/** Issuer, audience and tool servers of the demo organisation are addresses with the port in them. */
const assertMadeForPort = async (ownerUrl: string, home: string, port: number): Promise<void> => {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // Its own IdP is the first that an installation with the demo organisation ever trusts.
    const { rows } = await client.query<{ url: string }>(
      'SELECT url FROM issuer ORDER BY created_at, id LIMIT 1',
    );
    const madeFor = rows[0] && Number(new URL(rows[0].url).port) - 1;
    if (madeFor === undefined || madeFor === port) return;
    throw new DomainError(
      'conflict',
      `${home} was made for port ${madeFor}. For another port take another home: ` +
        `GATEHOUSE_HOME=.gatehouse-${port} PORT=${port} npm start`,
    );
  } finally {
    await client.end();
  }
};

const readVersion = (): string =>
  (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
