import { describe, expect, it } from 'vitest';
import { cpuOfThisThread } from '#libs/dev/testing';
import type { Json, JsonObject } from '#libs/platform/kernel';
import { compileArguments } from '../arguments/compile-arguments.js';
import { prepareArguments } from './prepare-arguments.js';

const SCHEMA: JsonObject = {
  type: 'object',
  properties: {
    text: { type: 'string', minLength: 2, pattern: '^[a-zé]+$' },
    count: { type: 'integer', default: 5, maximum: 10 },
    wrong: { type: 'string', default: null },
    list: { type: 'array', uniqueItems: true, items: { $ref: '#/$defs/item' } },
    one: { oneOf: [{ const: { a: 1 } }, { type: 'string', maxLength: 1 }] },
  },
  required: ['text'],
  $defs: { item: { type: 'object', properties: { id: { type: 'number' } } } },
};

const VALUES: Json[] = [
  { text: 'ab' },
  { text: 'éé', count: 10, wrong: 'x', list: [{ id: 1 }, { id: 2 }], one: 'x' },
  { text: 'ab', one: { a: 1 } },
  { text: 'ab', one: 'xy' },
  { text: 'A' },
  { text: 'ab', count: 11, more: 1 },
  { text: 'ab', list: [{ id: 1 }, { id: 1 }] },
  { text: 'ab', list: [{ other: 1 }] },
  { count: 1 },
  [],
  null,
];

const prepared = async (schema: JsonObject) => {
  const found = await prepareArguments(schema);
  if (found === null) throw new Error('not usable');
  return found;
};

describe('a schema that is compiled in a thread', { timeout: 120_000 }, () => {
  it('binds as one that is compiled on the spot, problems included', async () => {
    const here = compileArguments(SCHEMA);
    const there = await prepared(SCHEMA);
    if (!here.ok) throw new Error(here.reasons.join());
    for (const value of VALUES) expect(await there.bind(value)).toEqual(here.bind(value));
  });

  // What a schema says must stay data in the code that Ajv writes.
  it.each([
    `"];globalThis.injected=1;["`,
    "'+(globalThis.injected=1)+'",
    '`${globalThis.injected=1}`',
    '\u2028globalThis.injected=1\u2029',
    '*/globalThis.injected=1/*',
    '\\"];globalThis.injected=1//',
    'constructor',
  ])('runs nothing of what it is made of: %j', async (hostile) => {
    const schema: JsonObject = {
      type: 'object',
      title: hostile,
      properties: {
        [hostile]: { type: 'string', pattern: hostile, enum: [hostile], default: hostile },
        other: { const: hostile, $comment: hostile, [hostile]: hostile },
        part: { $ref: `#/$defs/${hostile.replaceAll('~', '~0').replaceAll('/', '~1')}` },
      },
      required: [hostile],
      dependentRequired: { [hostile]: ['other'] },
      $defs: { [hostile]: { properties: { [hostile]: {} } } },
    };
    const there = await prepareArguments(schema);
    await there?.bind({ [hostile]: hostile, other: hostile, part: {} });
    await there?.bind({ other: 1 });
    expect(globalThis).not.toHaveProperty('injected');
  });

  it('is no tool when it cannot be used', async () => {
    expect(await prepareArguments({ type: 'string' })).toBeNull();
  });

  it('costs the event loop less than 50 ms, its first call included (P13)', async () => {
    const schema = largeSchema();
    // The thread and the first code that is loaded cost something once.
    await (await prepared(SCHEMA)).bind({});
    const cpuMs = await cpuOfThisThread(async () => {
      const there = await prepared(schema);
      await there.bind({ p1: { text: 'x' } });
      await there.bind({ p1: { text: 7 } });
    });
    expect(cpuMs).toBeLessThan(50);
  });

  it('would cost several times as much there (negative control)', async () => {
    const schema = largeSchema();
    const cpuMs = await cpuOfThisThread(async () => {
      const here = compileArguments(schema);
      if (!here.ok) throw new Error(here.reasons.join());
      here.bind({ p1: { text: 'x' } });
      here.bind({ p1: { text: 7 } });
    });
    expect(cpuMs).toBeGreaterThan(100);
  });
});

// About 40 KB.
const largeSchema = (): JsonObject => {
  const inner = {
    type: 'object',
    properties: {
      text: { type: 'string', minLength: 1, maxLength: 50 },
      kind: { enum: ['a', 'b', 'c'] },
      list: { type: 'array', items: { type: 'integer', minimum: 1 } },
    },
    required: ['text'],
  };
  const properties = Object.fromEntries(
    Array.from({ length: 190 }, (_, index) => [`p${index}`, inner]),
  );
  return { type: 'object', properties };
};
