import { describe, expect, it } from 'vitest';
import { ClockCheck } from './clock-check.js';

const HOUR_MS = 3_600_000;

const checked = (offMs: number, roundTripMs = 0) => {
  const wrong = { offMs };
  const check = new ClockCheck({ now: () => new Date(Date.now() + wrong.offMs) });
  const nowMs = performance.now();
  check.take(new Date(), nowMs - roundTripMs / 2, nowMs + roundTripMs / 2);
  return { check, wrong };
};

describe('a clock', () => {
  it('is not taken for true before the database was heard', () => {
    expect(new ClockCheck({ now: () => new Date() }).isTrue).toBe(false);
  });

  it.each([
    [0, true],
    [4800, true],
    [-4800, true],
    [5200, false],
    [-5200, false],
  ])('that is %i ms off is true: %s', (offMs, isTrue) => {
    expect(checked(offMs).check.isTrue).toBe(isTrue);
  });

  it.each([-2 * HOUR_MS, 2 * HOUR_MS])(
    'that is moved by %i ms is noticed without another sample, and true again when moved back',
    (byMs) => {
      const { check, wrong } = checked(0);
      wrong.offMs = byMs;
      expect(check.isTrue).toBe(false);
      expect(check.skewMs).toBeGreaterThan(HOUR_MS);
      wrong.offMs = 0;
      expect(check.isTrue).toBe(true);
    },
  );

  it('is not taken for true by an answer that took too long to say so', () => {
    expect(checked(0, 4000).check.isTrue).toBe(true);
    expect(checked(0, 11_000).check.isTrue).toBe(false);
  });
});
