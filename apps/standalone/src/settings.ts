import { loadConfig, type Config } from '#libs/platform/config';
import { DomainError } from '#libs/platform/kernel';
import type { LocalSecrets } from '#libs/dev/local';
import { CONSOLE_CLIENT_ID } from '../../sandbox/src/index.js';

/** The process's environment. */
export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

const DEFAULT_PORT = 4000;
// The sandbox's IdP and tool servers take the three ports after ours.
const LAST_PORT = 65_535 - 3;

/** `PORT`, or 4000. */
export const readPort = (environment: EnvironmentVariables): number => {
  const given = environment['PORT'];
  if (!given) return DEFAULT_PORT;
  const port = Number(given);
  if (Number.isInteger(port) && port >= 1 && port <= LAST_PORT) return port;
  throw new DomainError('invalid_input', `PORT must be a number from 1 to ${LAST_PORT}.`);
};

/**
 * The settings of the demo organisation under those that its user gives. What would take it off
 * this machine, or away from its own IdP and database, is rejected.
 */
export const sandboxConfig = (
  environment: EnvironmentVariables,
  facts: { port: number; applicationUrl: string; issuer: string; secrets: LocalSecrets },
): Config => {
  const { HOST: host, LOG_LEVEL: logLevel } = environment;
  if (host && host !== '127.0.0.1') {
    throw new DomainError(
      'invalid_input',
      `The demo organisation is served on 127.0.0.1 only, not on ${host}. Leave HOST unset.`,
    );
  }
  return loadConfig(
    {
      DATABASE_URL: facts.applicationUrl,
      PUBLIC_URL: `http://localhost:${facts.port}`,
      PORT: String(facts.port),
      REDIS_URL: environment['REDIS_URL'],
      // The demo organisation's IdP and tool servers are on this machine.
      OUTBOUND_ALLOW: '127.0.0.0/8,::1/128',
      SIGN_IN_ISSUER: facts.issuer,
      SIGN_IN_CLIENT_ID: CONSOLE_CLIENT_ID,
      SIGN_IN_CLIENT_SECRET: facts.secrets.consoleClientSecret,
      SESSION_SECRET: facts.secrets.sessionSecret,
      MASTER_KEY: facts.secrets.masterKey,
      LOG_LEVEL: logLevel || 'warn',
      DECISION_SAMPLE_PERCENT: environment['DECISION_SAMPLE_PERCENT'],
    },
    { sandbox: true },
  );
};
