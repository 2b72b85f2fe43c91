import type { Tx } from './client.js';

/**
 * The numbers of PostgreSQL's advisory locks that this product takes, each for one purpose: two purposes
 * under one number would wait for each other. No other file has such a number (test/architecture.spec.ts).
 */
export const ADVISORY_LOCKS = {
  /** Moving the epoch; the functions of the baseline migration take it by this number. */
  epoch: 4_711_001,
  /** A chain's appends; the seed of a hash of its id, taken by a function of the baseline migration. */
  ledgerAppend: 4_711_002,
  /** That a chain's process lives; likewise. */
  ledgerLife: 4_711_003,
  /** Giving the application's database role its rights. */
  databaseRights: 4_711_004,
  /** Changes of one policy; the seed of a hash of its id. */
  policy: 4_711_010,
  /** Access requests for one agent and tool; the seed of a hash of the pair. */
  accessPair: 4_711_012,
  /** Bringing up the queue's schema. */
  queueSchema: 4_711_020,
  /** Putting schedules on their queues. */
  schedules: 4_711_021,
  /** Linking people to the subjects of their IdP. */
  identityLinks: 4_711_022,
  /** Changes of who holds a role. */
  roleHolders: 4_711_030,
  /** Consents of people to agents that act for them. */
  delegations: 4_711_032,
  /** Carrying out bulk requests of provisioning clients. */
  bulkProvisioning: 4_711_033,
  /** Recording rounds of re-evaluated decisions. */
  decisionChecks: 4_711_040,
  /** Making and rotating signing keys. */
  signingKeys: 4_711_031,
} as const;

/** The purpose of an advisory lock. */
export type AdvisoryLock = keyof typeof ADVISORY_LOCKS;

/** Waits for this lock, and holds it until the transaction ends. */
export const takeAdvisoryLock = async (tx: Tx, lock: AdvisoryLock): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS[lock]})`;
};
