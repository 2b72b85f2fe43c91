import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../index.js';
import { compileCondition } from './compile-condition.js';
import { WorkBudget } from './work-budget.js';
import { writeCondition } from './write-condition.js';

const policy = (when: string) =>
  parsePolicy(
    `rules: [{ name: r, effect: deny, agents: { all: true }, tools: { all: true }, reason: x, when: ${when} }]`,
    { holdAvailable: true },
  ).rules?.[0]?.when;
const read = (test: string) => {
  const when = policy(`{ arguments: { a: ${test} } }`);
  if (when === undefined) throw new Error('not read');
  return when;
};

const TESTS = [
  '{ length: { gte: 1, lt: 5 }, startsWith: a }',
  '{ in: [a, B], contains: c, ignoreCase: true, absent: matches }',
  '{ every: { eq: a, ignoreCase: true } }',
  '{ some: { host: { in: [a.test, bücher.test], endsWith: .a.test } } }',
  '{ domain: { eq: A.test } }',
];

describe('a condition', () => {
  it.each(TESTS)('that was read is written, and read again to the same: %s', (test) => {
    const when = read(test);
    const again = policy(JSON.stringify(writeCondition(when)));
    const plain = (value: unknown) =>
      JSON.stringify(value, (key, one: unknown) => (key === 'at' ? undefined : one));
    expect(plain(again)).toBe(plain(when));
  });

  it.each([
    ['{ length: { gt: 1 } }', 'x', 'a fails length gt'],
    ['{ length: { gt: 1, lt: 5 } }', 5, 'a is a number, which length lt and gt cannot evaluate'],
    ['{ eq: secret, ignoreCase: true }', 'SECRET', 'a passes eq (ignoring case)'],
    ['{ host: { in: [a.test] } }', 'https://a.test', 'a passes host in'],
    [
      '{ host: { in: [a.test] } }',
      'secret',
      'a is a string, from which no host can be read for certain: it is not a plain absolute URL',
    ],
    [
      '{ domain: { eq: a.test } }',
      'secret',
      'a is a string, from which no domain can be read for certain: it is not one bare e-mail address',
    ],
    ['{ domain: { eq: a.test } }', null, 'a is null, which domain eq cannot evaluate'],
    [
      '{ some: { host: { eq: a.test } } }',
      [1],
      'a is an array, which some host eq cannot evaluate',
    ],
  ])('%s of %j explains itself without the value', (test, a, explanation) => {
    const condition = compileCondition(read(test));
    expect(condition.explanation({ a }, new WorkBudget())).toBe(explanation);
  });
});
