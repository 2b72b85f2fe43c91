import type { EntryPosition } from './entry.js';
import type { PreparedEntry } from './prepare-entry.js';

/** What came of an intent: written, or evaluated under an epoch that has passed. */
export type IntentResult =
  { committed: true; position: EntryPosition } | { committed: false; epoch: bigint };

/** An entry that waits to be written; `epoch` is null when it needs no guard. */
export interface Waiting {
  prepared: PreparedEntry;
  epoch: bigint | null;
  resolve: (result: IntentResult) => void;
  reject: (error: unknown) => void;
}

/** The next batch: one epoch, in the order of arrival, within the limits. */
export interface TakenBatch {
  batch: Waiting[];
  epoch: bigint | null;
  /** Evaluated under an older epoch than others in the queue: to be evaluated again. */
  stale: Waiting[];
  rest: Waiting[];
}

/** Takes the next batch off the queue; always at least one entry of a queue that is not empty. */
export const drainBatch = (
  queue: readonly Waiting[],
  limits: { maxBatchEntries: number; maxBatchBytes: number },
): TakenBatch => {
  const count = countWithin(queue, limits);
  const taken = queue.slice(0, count);
  const epoch = taken.reduce<bigint | null>(
    (newest, waiting) =>
      waiting.epoch !== null && (newest === null || waiting.epoch > newest)
        ? waiting.epoch
        : newest,
    null,
  );
  const isStale = (waiting: Waiting) => waiting.epoch !== null && waiting.epoch !== epoch;
  return {
    batch: taken.filter((waiting) => !isStale(waiting)),
    epoch,
    stale: taken.filter(isStale),
    rest: queue.slice(count),
  };
};

const countWithin = (
  queue: readonly Waiting[],
  limits: { maxBatchEntries: number; maxBatchBytes: number },
): number => {
  let count = 0;
  let bytes = 0;
  for (const { prepared } of queue) {
    bytes += prepared.bytes;
    if (count === limits.maxBatchEntries || (count > 0 && bytes > limits.maxBatchBytes)) break;
    count += 1;
  }
  return count;
};
