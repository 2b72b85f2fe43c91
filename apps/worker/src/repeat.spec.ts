import { describe, expect, it } from 'vitest';
import { repeat } from './repeat.js';

describe('repeat', () => {
  it('goes on after a failure, and tells it', async () => {
    let rounds = 0;
    const errors: unknown[] = [];
    const work = () => {
      rounds += 1;
      return rounds === 1 ? Promise.reject(new Error('once')) : Promise.resolve();
    };
    const repeated = repeat(1, work, (error) => errors.push(error));
    await expect.poll(() => rounds, { timeout: 10_000 }).toBeGreaterThan(3);
    await repeated.stop();
    expect(errors).toEqual([new Error('once')]);
  });

  it('stops after the current round, and never starts another', async () => {
    let started = 0;
    let ended = 0;
    const repeated = repeat(
      1,
      async () => {
        started += 1;
        await new Promise((resolve) => setTimeout(resolve, 50));
        ended += 1;
      },
      () => undefined,
    );
    await repeated.stop();
    expect([started, ended]).toEqual([1, 1]);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(started).toBe(1);
  });
});
