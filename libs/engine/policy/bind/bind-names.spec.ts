import { describe, expect, it } from 'vitest';
import { namesOfToday, parsePolicy, type NameBinding } from '../index.js';
import { bindNames } from './bind-names.js';
import { writeNamesOfToday } from './write-names.js';
import type { NamedThings } from './names-of-today.js';

const TEXT = `rules:
  - name: one # the first
    effect: deny
    agents:
      names: [coder]
      teams:
        - Engineering
    tools: { servers: [shop], names: ["shop/refund", shop/a/b] }
    when: { always: true }
    reason: Engineering is named here, too.
  - { name: two, effect: allow, people: { groups: [Sales, '__proto__'] }, tools: { all: true }, when: { always: true }, reason: x }
`;
const THINGS: NamedThings = {
  agent: [{ id: '1', name: 'coder' }],
  team: [{ id: '2', name: 'Engineering' }],
  group: [
    { id: '3', name: 'Sales' },
    { id: '4', name: '__proto__' },
  ],
  server: [{ id: '5', name: 'shop' }],
};
const bind = (things: Partial<NamedThings> = {}, before: readonly NameBinding[] = []) => {
  const { rules } = parsePolicy(TEXT, { holdAvailable: false });
  const { bindings, problems } = bindNames(
    rules ?? [],
    namesOfToday({ ...THINGS, ...things }),
    before,
  );
  return {
    bindings,
    ids: Object.fromEntries(bindings.map(({ kind, name, id }) => [`${kind} ${name}`, id])),
    said: problems.map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`),
  };
};
const published = () => bind().bindings;

describe('binding names', () => {
  it('finds each name once, whatever it is, in one order', () => {
    expect(bind()).toEqual({
      bindings: [
        { kind: 'agent', name: 'coder', id: '1' },
        { kind: 'group', name: 'Sales', id: '3' },
        { kind: 'group', name: '__proto__', id: '4' },
        { kind: 'server', name: 'shop', id: '5' },
        { kind: 'team', name: 'Engineering', id: '2' },
      ],
      ids: expect.anything() as unknown,
      said: [],
    });
  });

  it('takes names exactly, case included', () => {
    const { ids, said } = bind({ team: [{ id: '2', name: 'engineering' }] });
    expect(ids['team Engineering']).toBeUndefined();
    expect(said).toEqual([
      'error one: There is no team `Engineering`; check the spelling or remove it.',
    ]);
  });

  it('keeps what a name stood for in the version before, and says how it is called now', () => {
    const { ids, said } = bind({ team: [{ id: '2', name: 'Builders' }] }, published());
    expect(ids['team Engineering']).toBe('2');
    expect(said).toEqual([
      'warning one: The team `Engineering` is now called `Builders`; the rule stays bound to it.',
    ]);
  });

  it('keeps what is gone, so that nothing else is selected in its place', () => {
    const { ids, said } = bind({ group: [THINGS.group[1]!] }, published());
    expect(ids['group Sales']).toBe('3');
    expect(said).toEqual([
      'warning two: The group `Sales` no longer exists; the rule stays bound to it.',
    ]);
  });

  it('rejects a name that would stand for two things', () => {
    const another = { id: '9', name: 'Engineering' };
    expect(bind({ team: [{ id: '2', name: 'Builders' }, another] }, published()).said[0]).toContain(
      'error one: The team that this policy means by `Engineering` is now called `Builders`',
    );
    expect(bind({ team: [another] }, published()).said[0]).toContain(
      'no longer exists, and another',
    );
    // A first version has no past.
    expect(bind({ team: [another] }).ids['team Engineering']).toBe('9');
  });
});

describe('a text with the names of today', () => {
  const write = (things: Partial<NamedThings>) =>
    writeNamesOfToday(TEXT, published(), namesOfToday({ ...THINGS, ...things }));

  it('is the text while every name is the same', () => {
    expect(write({})).toBe(TEXT);
  });

  it('changes names where they select something, and nothing else', () => {
    const text = write({
      team: [{ id: '2', name: 'R&D: "one", two' }],
      server: [{ id: '5', name: 'market' }],
      group: [
        { id: '3', name: 'sales' },
        { id: '4', name: '__proto__' },
      ],
    });
    const expected = TEXT.replace('        - Engineering', '        - "R&D: \\"one\\", two"')
      .replace('servers: [shop]', 'servers: ["market"]')
      .replace('"shop/refund", shop/a/b', '"market/refund", "market/a/b"')
      .replace('[Sales,', '["sales",');
    expect(text).toBe(expected);
    const { rules } = parsePolicy(text, { holdAvailable: false });
    expect(rules?.[0]?.agents?.teams).toEqual(['R&D: "one", two']);
  });

  it('leaves the name of what is gone', () => {
    expect(write({ team: [] })).toBe(TEXT);
  });

  it('tells names that were swapped apart', () => {
    const text = write({
      group: [
        { id: '3', name: '__proto__' },
        { id: '4', name: 'Sales' },
      ],
    });
    const { rules } = parsePolicy(text, { holdAvailable: false });
    expect(rules?.[1]?.people?.groups).toEqual(['__proto__', 'Sales']);
  });
});
