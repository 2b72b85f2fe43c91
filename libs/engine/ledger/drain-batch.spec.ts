import { expect, it } from 'vitest';
import { systemClock } from '#libs/platform/kernel';
import { newIntent } from './ledger.fixture.js';
import { prepareEntry } from './prepare-entry.js';
import { drainBatch, type Waiting } from './drain-batch.js';

const waiting = (epoch: bigint | null): Waiting => ({
  prepared: prepareEntry(newIntent(), systemClock),
  epoch,
  resolve: () => undefined,
  reject: () => undefined,
});
const LIMITS = { maxBatchEntries: 4, maxBatchBytes: 1_000_000 };

it('has one epoch: what an older one evaluated is evaluated again, what needs no guard goes along', () => {
  const queue = [waiting(4n), waiting(null), waiting(5n)];
  const taken = drainBatch(queue, LIMITS);
  expect(taken.epoch).toBe(5n);
  expect(taken.batch).toEqual([queue[1], queue[2]]);
  expect(taken.stale).toEqual([queue[0]]);
});

it('keeps the order of arrival and leaves what is over the limit', () => {
  const queue = Array.from({ length: 6 }, () => waiting(1n));
  const taken = drainBatch(queue, LIMITS);
  expect(taken.batch).toEqual(queue.slice(0, 4));
  expect(taken.rest).toEqual(queue.slice(4));
});

it('takes one entry even if that alone is over the limit, so that the queue moves', () => {
  expect(drainBatch([waiting(1n)], { maxBatchEntries: 9, maxBatchBytes: 1 }).batch).toHaveLength(1);
});
