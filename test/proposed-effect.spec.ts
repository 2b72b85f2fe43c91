import { describe, expect, it } from 'vitest';
import { effectRows } from '../apps/console/src/proposed-changes/effect-rows.js';

describe('what a proposed change would do, as the console shows it', () => {
  it('lists the settings that differ, and their names only once', () => {
    const { compared, plain } = effectRows({
      facts: { changed: ['clockTolerance'], agents: 4 },
      changes: {
        before: { name: 'A', clockTolerance: 5 },
        after: { name: 'A', clockTolerance: 17 },
      },
    });
    expect(compared).toEqual([
      { key: 'clockTolerance', name: 'Clock tolerance', before: 5, after: 17 },
    ]);
    expect(plain).toEqual([{ key: 'fact agents', name: 'Agents', value: 4 }]);
  });

  it('hides no changed setting that before and after do not show', () => {
    const { plain } = effectRows({
      facts: { changed: ['label', 'clientSecret'] },
      changes: { before: { label: 'A' }, after: { label: 'B' } },
    });
    expect(plain).toEqual([
      { key: 'fact changed', name: 'Changed', value: ['label', 'clientSecret'] },
    ]);
  });

  it('shows what is new beside nothing', () => {
    const { compared } = effectRows({
      facts: {},
      changes: { before: null, after: { label: 'B' } },
    });
    expect(compared).toEqual([{ key: 'label', name: 'Label', before: undefined, after: 'B' }]);
  });

  it.each([
    ['no comparison', { added: ['x'] }, [{ key: 'change added', name: 'Added', value: ['x'] }]],
    ['no changes at all', null, []],
  ])('shows plain rows where a command gives %s', (_, changes, rows) => {
    expect(effectRows({ facts: {}, changes })).toEqual({ compared: [], plain: rows });
  });

  it('leaves out ids, which tell people nothing', () => {
    const facts = { ownerId: '01999999-0000-7000-8000-000000000000', wasOrphaned: false };
    const { plain } = effectRows({ facts, changes: null });
    expect(plain.map(({ name }) => name)).toEqual(['Was orphaned']);
  });
});
