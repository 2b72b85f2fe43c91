import type { DatabaseRoles } from '#libs/platform/db';
import { environmentSchema, type Environment } from './config.schema.js';
import { ConfigError } from './errors.js';

/** How people sign in; only the API needs it. */
export interface SignInConfig {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** How a person from SCIM is linked at first sign-in (invariant I7); null: not at all. */
  link: { claim: string; attribute: 'external_id' | 'employee_number' } | null;
  sessionSecret: string;
  idleSeconds: number;
  absoluteSeconds: number;
}

/** One process's settings, split by who needs them. */
export interface Config {
  databaseUrl: string;
  migrateDatabaseUrl: string | null;
  /** The database role of each process, to which migrating gives its rights. */
  databaseRoles: DatabaseRoles;
  redisUrl: string | null;
  /** The origin that people and agents see, without a slash at the end. */
  publicUrl: string;
  host: string;
  port: number;
  internalPort: number | null;
  gateway: {
    audience: string;
    upstreamTimeoutSeconds: number;
    upstreamMaxSeconds: number;
    sessionIdleSeconds: number;
  };
  /** Host headers that are answered, lower case, with the port where it is not the default. */
  allowedHosts: readonly string[];
  /** Origin headers that are accepted. */
  allowedOrigins: readonly string[];
  /** CIDRs of private addresses that may be connected to. */
  outboundAllow: readonly string[];
  /** Null where nothing is sealed: in the gateway. */
  masterKey: string | null;
  /** Public keys of those who sign the records that gateways load. */
  recordVerificationKeys: readonly string[];
  coolingOffHours: number;
  decisionSamplePercent: number;
  signIn: SignInConfig | null;
  logLevel: Environment['LOG_LEVEL'];
  /** True only when apps/standalone has loaded the demo organisation. */
  sandbox: boolean;
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

// On a loopback origin every loopback name means this installation, and nobody else's.
const hostsOf = (publicUrl: string, others: readonly string[]): string[] => {
  const { host, hostname, port } = new URL(publicUrl);
  const local = LOOPBACK_NAMES.includes(hostname)
    ? LOOPBACK_NAMES.map((name) => (port === '' ? name : `${name}:${port}`))
    : [];
  return [...new Set([host, ...local, ...others.map((name) => name.toLowerCase())])];
};

const linkOf = (env: Environment): SignInConfig['link'] => {
  const { SIGN_IN_LINK_CLAIM: claim, SIGN_IN_LINK_ATTRIBUTE: attribute } = env;
  if (claim === undefined && attribute === undefined) return null;
  if (claim !== undefined && attribute !== undefined) return { claim, attribute };
  const missing = claim === undefined ? 'SIGN_IN_LINK_CLAIM' : 'SIGN_IN_LINK_ATTRIBUTE';
  throw new ConfigError(
    `Incomplete configuration of linking sign-ins to SCIM: ${missing} is missing.`,
  );
};

const signInOf = (env: Environment): SignInConfig | null => {
  const names = ['SIGN_IN_ISSUER', 'SIGN_IN_CLIENT_ID', 'SIGN_IN_CLIENT_SECRET', 'SESSION_SECRET'];
  const { SIGN_IN_ISSUER: issuer, SIGN_IN_CLIENT_ID: clientId } = env;
  const { SIGN_IN_CLIENT_SECRET: clientSecret, SESSION_SECRET: sessionSecret } = env;
  const values = [issuer, clientId, clientSecret, sessionSecret];
  if (values.every((value) => value === undefined)) return null;
  if (!issuer || !clientId || !clientSecret || !sessionSecret) {
    const missing = names.filter((_, index) => values[index] === undefined);
    throw new ConfigError(
      `Incomplete sign-in configuration: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    );
  }
  const { SESSION_IDLE_SECONDS: idleSeconds, SESSION_ABSOLUTE_SECONDS: absoluteSeconds } = env;
  const link = linkOf(env);
  return { issuer, clientId, clientSecret, link, sessionSecret, idleSeconds, absoluteSeconds };
};

/**
 * Reads a process's settings from its environment.
 * @throws ConfigError naming every variable that is missing or wrong, never its value.
 */
export const loadConfig = (
  environment: Readonly<Record<string, string | undefined>>,
  options: { sandbox?: boolean } = {},
): Config => {
  // An empty variable is an unset one: that is how compose files and Helm charts leave things out.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(set);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`Gatehouse cannot start with these settings:\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  const hosts = hostsOf(env.PUBLIC_URL, env.ALLOWED_HOSTS);
  const { protocol } = new URL(env.PUBLIC_URL);
  return {
    databaseUrl: env.DATABASE_URL,
    migrateDatabaseUrl: env.MIGRATE_DATABASE_URL ?? null,
    databaseRoles: {
      api: env.DATABASE_ROLE_API,
      gateway: env.DATABASE_ROLE_GATEWAY,
      worker: env.DATABASE_ROLE_WORKER,
    },
    redisUrl: env.REDIS_URL ?? null,
    publicUrl: env.PUBLIC_URL,
    host: env.HOST,
    port: env.PORT,
    internalPort: env.INTERNAL_PORT ?? null,
    gateway: {
      audience: env.GATEWAY_AUDIENCE ?? env.PUBLIC_URL,
      upstreamTimeoutSeconds: env.UPSTREAM_TIMEOUT_SECONDS,
      upstreamMaxSeconds: env.UPSTREAM_MAX_SECONDS,
      sessionIdleSeconds: env.MCP_SESSION_IDLE_SECONDS,
    },
    allowedHosts: hosts,
    allowedOrigins: hosts.map((host) => `${protocol}//${host}`),
    outboundAllow: env.OUTBOUND_ALLOW,
    masterKey: env.MASTER_KEY ?? null,
    recordVerificationKeys: env.RECORD_VERIFICATION_KEYS,
    coolingOffHours: env.COOLING_OFF_HOURS,
    decisionSamplePercent: env.DECISION_SAMPLE_PERCENT,
    signIn: signInOf(env),
    logLevel: env.LOG_LEVEL,
    sandbox: options.sandbox ?? false,
  };
};

/**
 * The master key, for the processes that seal secrets.
 * @throws ConfigError when it is not set.
 */
export const requireMasterKey = ({ masterKey }: Pick<Config, 'masterKey'>): string => {
  if (masterKey !== null) return masterKey;
  throw new ConfigError(
    'The API and the worker need MASTER_KEY, which seals secrets in the database: set it, for example to the output of `openssl rand -hex 32`, and keep it.',
  );
};

/**
 * The keys by which a gateway verifies what it loads.
 * @throws ConfigError when there is none: it would have nothing that it may allow.
 */
export const requireRecordVerificationKeys = ({
  recordVerificationKeys,
}: Pick<Config, 'recordVerificationKeys'>): readonly string[] => {
  if (recordVerificationKeys.length > 0) return recordVerificationKeys;
  throw new ConfigError(
    'The gateway needs RECORD_VERIFICATION_KEYS, by which it verifies policies, agents, issuers and tool servers: set it to what `gatehouse records key` prints where MASTER_KEY is set.',
  );
};

/**
 * For the gateway as a process of its own.
 * @throws ConfigError when it was given the master key: with that it could decide what it may only verify.
 */
export const assertNoMasterKey = ({ masterKey }: Pick<Config, 'masterKey'>): void => {
  if (masterKey === null) return;
  throw new ConfigError(
    'A gateway must not have MASTER_KEY, with which policies and agents are signed: take it away from this process, and set RECORD_VERIFICATION_KEYS to what `gatehouse records key` prints where MASTER_KEY is set.',
  );
};
