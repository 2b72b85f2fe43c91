import { describe, expect, it } from 'vitest';
import { TestLimits } from './test-limits.js';

const done = () => Promise.resolve('done');

describe('how often connections are tested', () => {
  it('is twenty times a minute for each person', async () => {
    const limits = new TestLimits();
    for (let n = 0; n < 20; n += 1) expect(await limits.within('ann', n, done)).toBe('done');
    await expect(limits.within('ann', 20, done)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(await limits.within('bob', 20, done)).toBe('done');
    expect(await limits.within('ann', 60_000, done)).toBe('done');
  });

  it('is four at once, and a failed one makes room again', async () => {
    const limits = new TestLimits();
    const { promise, reject } = Promise.withResolvers<never>();
    const open = Array.from({ length: 4 }, (_, n) => limits.within(`p${n}`, 0, () => promise));
    await expect(limits.within('ann', 0, done)).rejects.toMatchObject({ code: 'rate_limited' });
    reject(new Error('down'));
    await Promise.allSettled(open);
    expect(await limits.within('ann', 0, done)).toBe('done');
  });
});
