import { newId, type Json } from '#libs/platform/kernel';
import type { Tx } from '#libs/platform/db';
import { JOBS, type JobName, type JobPayload } from './jobs.js';

/** Writes a follow-up into the caller's transaction: it is queued if, and only if, that commits. */
export const writeToOutbox = async <N extends JobName>(
  tx: Tx,
  name: N,
  payload: JobPayload<N>,
  now: Date,
): Promise<void> => {
  const parsed = JOBS[name].payload.parse(payload);
  await tx.outbox.create({
    data: {
      id: newId(),
      queue: JOBS[name].queue,
      name,
      payload: parsed satisfies Json,
      createdAt: now,
    },
    select: { id: true },
  });
};
