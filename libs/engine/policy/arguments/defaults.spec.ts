import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#libs/platform/kernel';
import { compileArguments } from './compile-arguments.js';

const bound = (schema: JsonObject, value: Json): Json => {
  const compiled = compileArguments({ type: 'object', ...schema });
  if (!compiled.ok) throw new Error(compiled.reasons.join());
  const result = compiled.bind(value);
  return result.ok ? result.value : result.problems.map(({ path }) => path);
};

const argument = (schema: JsonObject, more: JsonObject = {}): JsonObject => ({
  properties: { a: schema, b: { type: 'integer', default: 2 } },
  ...more,
});

describe('a default that does not fit its own schema', () => {
  it.each<[string, JsonObject]>([
    ['null for text', { type: 'string', default: null }],
    ['"" outside an enum', { enum: ['x', 'y'], default: '' }],
    ['"10" for an integer', { type: 'integer', default: '10' }],
    ['too large', { type: 'integer', maximum: 5, default: 10 }],
    ['of a union', { anyOf: [{ type: 'string', minLength: 3 }, { type: 'null' }], default: 'no' }],
    ['of one of several', { oneOf: [{ type: 'string' }, { type: 'string' }], default: 'both' }],
    ['beside a reference', { $ref: '#/$defs/text', default: null }],
    ['inside a nested object', { type: 'object', properties: { c: { type: 'string', default: 1 } }, default: { c: 1 } }],
  ])('is not filled in, and the others are: %s', (_, schema) => {
    expect(bound(argument(schema, { $defs: { text: { type: 'string' } } }), {})).toEqual({ b: 2 });
  }); // prettier-ignore

  it('is not filled in inside nested objects, the items of arrays and what they refer to', () => {
    const inner = {
      type: 'object',
      properties: {
        bad: { type: 'string', default: null },
        good: { type: 'string', default: 'g' },
      },
    };
    const schema = {
      properties: {
        object: inner,
        list: { type: 'array', items: inner },
        tuple: { type: 'array', prefixItems: [inner, { type: 'string', default: 7 }] },
        referred: { type: 'array', items: { $ref: '#/$defs/inner' } },
      },
      $defs: { inner },
    };
    const filled = { good: 'g' };
    expect(bound(schema, { object: {}, list: [{}], tuple: [{}], referred: [{}, {}] })).toEqual({
      object: filled,
      list: [filled],
      tuple: [filled],
      referred: [filled, filled],
    });
  });

  it('keeps one that fits only with what is filled in inside it', () => {
    const inner = { c: { type: 'string', default: 'x' }, d: { type: 'string', default: null } };
    const schema = argument({ type: 'object', properties: inner, required: ['c'], default: {} });
    expect(bound(schema, {})).toEqual({ a: { c: 'x' }, b: 2 });
  });

  it('takes names of arguments for names', () => {
    const schema = { properties: { default: { type: 'string' }, type: { type: 'integer', default: '1' } } };
    expect(bound(schema, { default: 'x' })).toEqual({ default: 'x' });
  }); // prettier-ignore
});

describe('a default that does not fit its place', () => {
  it('is not filled in where the arguments are valid without it', () => {
    const schema = argument({ type: 'string', default: 'x' }, { not: { required: ['a', 'c'] } });
    const open = { ...schema, properties: { ...(schema['properties'] as JsonObject), c: {} } };
    expect(bound(open, { c: 1, b: 3 })).toEqual({ c: 1, b: 3 });
    expect(bound(open, { b: 3 })).toEqual({ a: 'x', b: 3 });
  });

  it('is not filled in by a branch that does not apply, inline or referred to', () => {
    const branch = (kind: string) => ({
      type: 'object',
      properties: { kind: { const: kind }, [kind]: { type: 'integer', default: 1 } },
      required: ['kind'],
    });
    const referring = { anyOf: [{ $ref: '#/$defs/x' }, { $ref: '#/$defs/y' }] };
    const schema = (one: JsonObject): JsonObject => ({
      properties: { a: one },
      $defs: { x: branch('x'), y: branch('y') },
    });
    for (const one of [
      referring,
      { oneOf: referring.anyOf },
      { anyOf: [branch('x'), branch('y')] },
    ])
      expect(bound(schema(one), { a: { kind: 'y' } })).toEqual({ a: { kind: 'y' } });
  });
});

it('a wrong argument is still the only problem', () => {
  const schema = argument({ type: 'string', default: null }, { required: ['c'] });
  const open = { ...schema, properties: { ...(schema['properties'] as JsonObject), c: { type: 'string' } } };
  expect(bound(open, { c: 1 })).toEqual(['c']);
  expect(bound(open, {})).toEqual(['']);
}); // prettier-ignore

describe('numbers of a schema that no double keeps', () => {
  const big = (text: string): Json => ({ 'x-gatehouse-exact-number': text });

  it('bound what they bound, and are equal to no argument', () => {
    const maximum = argument({ type: 'integer', minimum: 0, maximum: big('18446744073709551615') });
    expect(bound(maximum, { a: 9_007_199_254_740_991 })).toMatchObject({
      a: 9_007_199_254_740_991,
    });
    expect(bound(maximum, { a: -1 })).toEqual(['a']);
    const minimum = argument({ type: 'integer', minimum: big('9223372036854775807') });
    expect(bound(minimum, { a: 9_007_199_254_740_991 })).toEqual(['a']);
    const values = argument({ enum: [1, big('1908736452817364529')] });
    expect(bound(values, { a: 1 })).toMatchObject({ a: 1 });
    expect(bound(values, { a: 1_908_736_452_817_364_500 })).toEqual(['a']);
    expect(bound(values, { a: big('1908736452817364529') })).toEqual(['a']);
    for (const one of [{ const: big('1e400') }, { enum: [big('1e400')] }])
      expect(bound(argument(one), { a: big('1e400') })).toEqual(['a']);
    expect(bound(argument({ const: big('1e400') }), {})).toEqual({ b: 2 });
  });

  it('are never filled in, and where they cannot be checked that is said', () => {
    const schema = argument({ default: big('1908736452817364529'), multipleOf: big('1e-400') });
    expect(bound(schema, {})).toEqual({ b: 2 });
    const compiled = compileArguments({ type: 'object', ...schema });
    expect(compiled.ok && compiled.notes).toEqual([
      'The tool server checks `multipleOf`; we cannot, in the form that it has.',
      'A `default` has a number that is not kept; it is not used.',
    ]);
  });
});
