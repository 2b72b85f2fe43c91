import { describe, expect, it } from 'vitest';
import { hourly, sumOf } from './overview.rules.js';

const first = new Date('2026-11-21T17:00:00.000Z');
const at = (hour: string) => new Date(hour);

describe('the hours of an overview', () => {
  it('are twenty-four, oldest first, also where nothing was called', () => {
    const hours = hourly([], first);
    expect(hours).toHaveLength(24);
    expect(hours[0]).toEqual({ hour: '2026-11-21T17:00:00.000Z', allow: 0, deny: 0, invalid: 0 });
    expect(hours[23]?.hour).toBe('2026-11-22T16:00:00.000Z');
  });

  it('take each count to its hour, a held call to those that did not run', () => {
    const hours = hourly(
      [
        { hour: at('2026-11-21T17:00:00Z'), decision: 'allow', count: 3 },
        { hour: at('2026-11-22T16:00:00Z'), decision: 'deny', count: 1 },
        { hour: at('2026-11-22T16:00:00Z'), decision: 'hold', count: 2 },
        { hour: at('2026-11-22T16:00:00Z'), decision: 'invalid', count: 4 },
      ],
      first,
    );
    expect(hours[0]).toMatchObject({ allow: 3, deny: 0, invalid: 0 });
    expect(hours[23]).toMatchObject({ allow: 0, deny: 3, invalid: 4 });
    expect(sumOf(hours)).toEqual({ allow: 3, deny: 3, invalid: 4 });
  });
});
