import { describe, expect, it } from 'vitest';
import { boundedProbe } from './bounded-probe.js';

describe('a probe', () => {
  it('answers within a second when nobody does, and asks once however often it is asked', async () => {
    let asked = 0;
    const probe = boundedProbe(() => {
      asked += 1;
      return new Promise<never>(() => undefined);
    });
    const answers = await Promise.allSettled([probe(), probe(), probe()]);
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } });
    expect(asked).toBe(1);
  });

  it('asks anew after each answer, and passes on what it was', async () => {
    let asked = 0;
    const probe = boundedProbe(() => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('no')) : Promise.resolve(asked);
    });
    await expect(probe()).rejects.toThrow('no');
    expect(await probe()).toBe(2);
    expect(await probe()).toBe(3);
  });
});
