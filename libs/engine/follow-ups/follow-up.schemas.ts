import type { DeadLetter } from '#libs/platform/queue';
import { z } from 'zod';

/** The input of both commands. */
export const followUpSchema = z.strictObject({
  id: z.uuid(),
  reason: z.string().trim().min(1).max(500),
});

/** What an entry says of it. */
export const factsOf = ({ queue, name, attempts }: DeadLetter) => ({
  queue: queue.slice(0, 256),
  job: name.slice(0, 256),
  attempts,
});
