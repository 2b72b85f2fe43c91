import { isDeepStrictEqual } from 'node:util';
import { ADVISORY_LOCKS } from '#libs/platform/db';
import { JOBS } from './jobs.js';
import type { OpenQueue, QueueLocation } from './queue-backend.js';
import type { Schedule } from './schedules.js';
import { withClient } from './with-client.js';

// A round leaves little to look at, and another one follows.
const KEEP_ROUNDS = { age: 3600, count: 100 };

const everyMs = ({ everySeconds }: Schedule) => everySeconds * 1000;

const optionsOf = ({ job }: Schedule) => ({
  attempts: JOBS[job].attempts,
  removeOnComplete: KEEP_ROUNDS,
  removeOnFail: KEEP_ROUNDS,
});

/** Puts the schedule on its queue, unless it is there as it should be and its next round is to come. */
export const keepSchedule = async (
  queue: OpenQueue,
  location: QueueLocation,
  schedule: Schedule,
): Promise<void> => {
  if (await isKept(queue, schedule)) return;
  await oneAtATime(location, async () => {
    if (!(await isKept(queue, schedule))) await put(queue, schedule);
  });
};

const isKept = async (queue: OpenQueue, schedule: Schedule): Promise<boolean> => {
  const found = await queue.getJobScheduler(schedule.job);
  if (found?.every !== everyMs(schedule)) return false;
  if (!isDeepStrictEqual(found.template?.opts, optionsOf(schedule))) return false;
  // A worker puts the next round on the queue when it takes one up: a finished one has no successor.
  const next = await queue.getJob(`repeat:${schedule.job}:${found.next}`);
  return next !== undefined && next.finishedOn === undefined;
};

const put = (queue: OpenQueue, schedule: Schedule) =>
  queue.upsertJobScheduler(
    schedule.job,
    { every: everyMs(schedule) },
    { name: schedule.job, data: {}, opts: optionsOf(schedule) },
  );

/**
 * BullMQ's upsert on PostgreSQL looks whether the round's job exists and then writes it: of two upserts at
 * once, the later one puts a job back that a worker has just taken up, which runs it twice and fails it
 * with "Lock mismatch". So one process puts, and the others leave it to that one. On Redis an upsert is
 * one script, and needs no lock.
 */
const oneAtATime = async (
  { databaseUrl, redisUrl }: QueueLocation,
  work: () => Promise<void>,
): Promise<void> => {
  if (redisUrl !== null) return work();
  await withClient(databaseUrl, async (client) => {
    await client.query('BEGIN');
    const { rows } = await client.query<{ held: boolean }>(
      'SELECT pg_try_advisory_xact_lock($1) AS held',
      [ADVISORY_LOCKS.schedules],
    );
    if (rows[0]?.held === true) await work();
    await client.query('COMMIT');
  });
};
