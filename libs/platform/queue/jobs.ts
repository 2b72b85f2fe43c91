import { z } from 'zod';

/** How one kind of job is queued: on which queue, with which payload, and how often it is tried. */
export interface JobDefinition<Payload = unknown> {
  queue: string;
  payload: z.ZodType<Payload>;
  attempts: number;
  /** The pause before the second attempt; it doubles with each further one. */
  backoffMs: number;
}

// What is done again and again carries nothing: the handler finds out itself what is due. One attempt,
// because the next round comes anyway.
const ROUND = {
  queue: 'schedules',
  payload: z.strictObject({}),
  attempts: 1,
  backoffMs: 0,
} as const;

/**
 * Every job there is. A payload carries ids only: the queue holds no authority and no data worth
 * stealing (invariants G5 and Q1), so a handler loads what it needs and checks it again.
 */
export const JOBS = {
  'catalog.discover-tools': {
    queue: 'catalog',
    payload: z.strictObject({ serverId: z.uuid() }),
    attempts: 5,
    backoffMs: 2000,
  },
  'signing-keys.maintain': ROUND,
  'tokens.purge': ROUND,
  'agents.enforce-limits': ROUND,
  'emergency-access.expire': ROUND,
  'access-grants.expire': ROUND,
  'signals.poll': ROUND,
  'decisions.re-evaluate': ROUND,
  'records.verify': ROUND,
} as const satisfies Record<string, JobDefinition>;

export type JobName = keyof typeof JOBS;

/** What a job of this name carries. */
export type JobPayload<N extends JobName> = z.infer<(typeof JOBS)[N]['payload']>;

/** Whether there is a job of this name; a queue may hold names of a newer version. */
export const isJobName = (name: string): name is JobName => Object.hasOwn(JOBS, name);
