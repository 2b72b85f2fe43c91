import fc from 'fast-check';
import { bindNames } from '../bind/bind-names.js';
import type { NamedKind } from '../bind/name-bindings.js';
import { namesOfToday } from '../bind/names-of-today.js';
import { parsePolicy, toCallRules, type CallRule, type RuleSource } from '../index.js';
import { writeNamesOfToday } from '../bind/write-names.js';
import { bindAll, idOf } from './bind-all.fixture.js';

// For the properties: everything that a rule may name, called otherwise.

const NAMES: Readonly<Record<NamedKind, readonly string[]>> = {
  agent: ['one', 'two', 'three', 'four'],
  team: ['red', 'blue'],
  group: ['staff', 'admins', 'another'],
  server: ['s', 't'],
};

/** For specs: how things are called from then on; each may have taken another's name. */
export type Renaming = Readonly<Record<NamedKind, (name: string) => string>>;

const ofKind = (kind: NamedKind): fc.Arbitrary<(name: string) => string> => {
  const names = NAMES[kind];
  const candidates = [...names, `new-${kind}`, 'Odd: "name", {x}'];
  return fc
    .shuffledSubarray(candidates, { minLength: names.length, maxLength: names.length })
    .map((now) => (name: string) => now[names.indexOf(name)] ?? name);
};

/** For specs: any renaming, swaps included. */
export const renamings: fc.Arbitrary<Renaming> = fc.record({
  agent: ofKind('agent'),
  team: ofKind('team'),
  group: ofKind('group'),
  server: ofKind('server').map((now) => (name) => now(name).replaceAll('/', '-')),
});

/** For specs: the rules of the text with the names of today, published today as it stands. */
export const republish = (sources: RuleSource[], renaming: Renaming): CallRule[] => {
  const text = JSON.stringify({ rules: sources });
  const bindings = bindAll(read(text));
  const things = (kind: NamedKind) =>
    NAMES[kind].map((name) => ({ id: idOf(name), name: renaming[kind](name) }));
  const today = namesOfToday({
    agent: things('agent'),
    team: things('team'),
    group: things('group'),
    server: things('server'),
  });
  const rules = read(writeNamesOfToday(text, bindings, today));
  return toCallRules(rules, bindNames(rules, today, []).bindings).map(withoutPlaces);
};

const read = (text: string) => {
  const { rules, problems } = parsePolicy(text, { holdAvailable: true });
  if (rules === null) throw new Error(JSON.stringify(problems));
  return rules;
};

/** For specs: a rule without where its tests stand in the text, which longer names move. */
export const withoutPlaces = (rule: CallRule): CallRule =>
  JSON.parse(
    JSON.stringify(rule, (key, value: unknown) => (key === 'at' ? undefined : value)),
  ) as CallRule;
