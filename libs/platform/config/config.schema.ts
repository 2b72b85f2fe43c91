import { DEFAULT_DATABASE_ROLES } from '#libs/platform/db';
import { z } from 'zod';
import { isMutableClaim } from './mutable-claims.js';

const url = z.url({
  protocol: /^https?$/,
  error: 'give a whole address that begins with http:// or https://',
});
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });
const port = z.coerce.number().int().min(1).max(65_535);
const seconds = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const list = z
  .string()
  .transform((value) => value.split(',').map((item) => item.trim()))
  .transform((items) => items.filter((item) => item !== ''));
const secret = z.string().min(32, 'use at least 32 characters, for example `openssl rand -hex 32`');

const origin = url.refine(
  // What is no URL at all has been said by then.
  (value) => !URL.canParse(value) || new URL(value).origin === value,
  'give the origin alone: no path and no slash at the end',
);

/**
 * The environment of one process, every variable that Gatehouse reads. Secrets have no default: a
 * process without them does not start (invariants I1 and O2).
 */
export const environmentSchema = z.object({
  /** This process's role on PostgreSQL; it may not change the ledger. */
  DATABASE_URL: postgresUrl,
  /** The owner's role, for migrations only; when set, a process brings the schema up at boot. */
  MIGRATE_DATABASE_URL: postgresUrl.optional(),
  /** Whom migrating gives the rights of each process; a role that is not there is left out. */
  DATABASE_ROLE_API: z.string().min(1).default(DEFAULT_DATABASE_ROLES.api),
  DATABASE_ROLE_GATEWAY: z.string().min(1).default(DEFAULT_DATABASE_ROLES.gateway),
  DATABASE_ROLE_WORKER: z.string().min(1).default(DEFAULT_DATABASE_ROLES.worker),
  /** Put the queue on Redis or Valkey; without it the queue is on PostgreSQL. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** The one origin that people and agents see, for example https://gatehouse.example.com. */
  PUBLIC_URL: origin,
  /** Where this process listens. */
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(4000),
  /** Where /metrics is served in production; nobody outside should reach it. */
  INTERNAL_PORT: port.optional(),
  /** What an access token must name as its audience; exactly this. */
  GATEWAY_AUDIENCE: url.optional(),
  /** Other Host headers to answer, for example a load balancer's; PUBLIC_URL's is always answered. */
  ALLOWED_HOSTS: list.default([]),
  /** CIDRs of private addresses that tool servers and issuers may have. */
  OUTBOUND_ALLOW: list.default([]),
  /** How long an upstream may take before its call counts as timed out. */
  UPSTREAM_TIMEOUT_SECONDS: seconds(1, 600).default(60),
  /** The same for a call whose tool shows progress, each time within the former. */
  UPSTREAM_MAX_SECONDS: seconds(1, 3_600).default(900),
  /** A session over MCP ends after so long without a request and without an open stream. */
  MCP_SESSION_IDLE_SECONDS: seconds(60, 604_800).default(3600),
  /** Encrypts the secrets in the database: signing keys, clients' secrets. */
  MASTER_KEY: secret.optional(),
  /** The public keys by which gateways verify the records that they load; api and worker derive their own. */
  RECORD_VERIFICATION_KEYS: list
    .pipe(
      z.array(z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'list public keys of 43 characters each')),
    )
    .default([]),
  /** How long somebody must have had a role through a group before they can approve with it. */
  COOLING_OFF_HOURS: z.coerce.number().int().min(0).max(720).default(24),
  /** How many of the recorded decisions the worker evaluates again; 0: none. */
  DECISION_SAMPLE_PERCENT: z.coerce.number().min(0).max(100).default(1),
  /** The IdP at which people sign in. */
  SIGN_IN_ISSUER: url.optional(),
  SIGN_IN_CLIENT_ID: z.string().min(1).optional(),
  SIGN_IN_CLIENT_SECRET: z.string().min(1).optional(),
  /** The immutable claim by which a person from SCIM is linked at first sign-in, and the SCIM attribute that carries it. */
  SIGN_IN_LINK_CLAIM: z
    .string()
    .max(100)
    .refine(
      (claim) => !isMutableClaim(claim),
      'name a claim that never changes, for example oid: people are never matched by e-mail or name',
    )
    .optional(),
  SIGN_IN_LINK_ATTRIBUTE: z.enum(['external_id', 'employee_number']).optional(),
  /** Signs the console's session cookie. */
  SESSION_SECRET: secret.optional(),
  SESSION_IDLE_SECONDS: seconds(60, 86_400).default(1800),
  SESSION_ABSOLUTE_SECONDS: seconds(300, 604_800).default(43_200),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** The environment after {@link environmentSchema} read it. */
export type Environment = z.infer<typeof environmentSchema>;
