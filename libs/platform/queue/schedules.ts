import type { JobName } from './jobs.js';

/** A job that is done again and again, at most this often. */
export interface Schedule {
  job: JobName;
  everySeconds: number;
}

/**
 * Every schedule there is, under its job's name. A late or repeated run does no harm: what is due is
 * found in the database, and what the epoch decides does not wait for a schedule (invariant Q1).
 */
export const SCHEDULES = [
  { job: 'signing-keys.maintain', everySeconds: 600 },
  { job: 'tokens.purge', everySeconds: 600 },
  { job: 'agents.enforce-limits', everySeconds: 60 },
  { job: 'emergency-access.expire', everySeconds: 30 },
  { job: 'access-grants.expire', everySeconds: 60 },
  { job: 'signals.poll', everySeconds: 15 },
  { job: 'decisions.re-evaluate', everySeconds: 15 },
  { job: 'records.verify', everySeconds: 60 },
] as const satisfies readonly Schedule[];

/** The name of a job that a schedule does. */
export type ScheduledJobName = (typeof SCHEDULES)[number]['job'];
