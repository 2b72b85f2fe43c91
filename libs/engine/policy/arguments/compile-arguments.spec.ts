import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#libs/platform/kernel';
import { compileArguments } from './compile-arguments.js';

function binder(schema: JsonObject, options = {}) {
  const compiled = compileArguments({ type: 'object', ...schema }, options);
  if (!compiled.ok) throw new Error(compiled.reasons.join());
  return compiled;
}
const accepts = (schema: JsonObject, value: Json, options = {}): boolean =>
  binder(schema, options).bind(value).ok;
const problems = (schema: JsonObject, value: Json) => {
  const bound = binder(schema).bind(value);
  return bound.ok ? [] : bound.problems;
};

const REFUND: JsonObject = {
  properties: {
    ticket: { type: 'string' },
    amount: { type: 'number', maximum: 100 },
    currency: { type: 'string', default: 'EUR' },
    notify: { type: 'object', properties: { by: { type: 'string', default: 'mail' } } },
  },
  required: ['ticket', 'amount'],
};

describe('binding', () => {
  it('fills defaults in, in a copy', () => {
    const given = { ticket: 't', amount: 5, notify: {} };
    expect(binder(REFUND).bind(given)).toEqual({
      ok: true,
      value: { ticket: 't', amount: 5, currency: 'EUR', notify: { by: 'mail' } },
    });
    expect(given).toEqual({ ticket: 't', amount: 5, notify: {} });
  });

  it('gives each call defaults of its own', () => {
    const list = binder({ properties: { list: { type: 'array', default: [] } } });
    const first = list.bind({});
    const second = list.bind({});
    if (!first.ok || !second.ok) throw new Error('not bound');
    expect(first.value['list']).not.toBe(second.value['list']);
  });

  it.each<[string, Json]>([
    ['text for a number', { ticket: 't', amount: '5' }],
    ['a number for text', { ticket: 5, amount: 5 }],
    ['true for a number', { ticket: 't', amount: true }],
    ['null for a number', { ticket: 't', amount: null }],
    ['a list of one', { ticket: 't', amount: [5] }],
    ['a missing argument', { ticket: 't' }],
    ['too much', { ticket: 't', amount: 101 }],
    ['an undeclared argument', { ticket: 't', amount: 5, admin: true }],
    ['a nested undeclared one', { ticket: 't', amount: 5, notify: { to: 'x' } }],
    ['a list', []],
    ['null', null],
    ['text', 'ticket'],
  ])('coerces nothing: %s is rejected (P3)', (_, value) => {
    expect(accepts(REFUND, value)).toBe(false);
  });

  it('says all that is wrong, and where, without showing a value', () => {
    const found = problems(REFUND, {
      amount: 'secret-1',
      notify: { by: ['secret-2'] },
      x: 'secret-3',
    });
    expect(found).toEqual([
      { path: '', message: 'needs `ticket`' },
      { path: '', message: 'has an argument that the tool does not declare: `x`' },
      { path: 'amount', message: 'must be number' },
      { path: 'notify.by', message: 'must be string' },
    ]);
  });

  it('says at most ten things, and makes names harmless', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`x${index}`, 1]));
    expect(problems(REFUND, many)).toHaveLength(10);
    expect(problems({}, { '\u202e<b>': 1 })[0]?.message).toContain('`?<b>`');
  });

  it('rejects what would reach a prototype', () => {
    expect(accepts({ additionalProperties: { type: 'number' } }, { x: 1 })).toBe(true);
    expect(
      accepts({ additionalProperties: { type: 'number' } }, JSON.parse('{"__proto__": 1}') as Json),
    ).toBe(false);
    expect(accepts({ required: ['constructor'], properties: { constructor: {} } }, {})).toBe(false);
    expect(accepts({}, { constructor: 1 })).toBe(false);
  });

  it('rejects depth and numbers beyond JSON', () => {
    const nest = (levels: number): Json => (levels === 0 ? 1 : [nest(levels - 1)]);
    expect(accepts({ properties: { a: {} } }, { a: nest(63) })).toBe(true);
    expect(accepts({ properties: { a: {} } }, { a: nest(64) })).toBe(false);
    expect(accepts({ properties: { a: {} } }, { a: Infinity })).toBe(false);
  });

  it('finds equal items whatever the order of their keys, in one pass', () => {
    const unique = { properties: { a: { type: 'array', uniqueItems: true } } };
    expect(
      accepts(unique, {
        a: [
          { x: 1, y: 2 },
          { y: 2, x: 1 },
        ],
      }),
    ).toBe(false);
    expect(accepts(unique, { a: [{ x: 1 }, ['object', 'x', 1], 1, '1', null, [1], [[1]]] })).toBe(
      true,
    );
    expect(accepts(unique, { a: Array.from({ length: 200_000 }, (_, index) => index) })).toBe(true);
  });
});

describe('undeclared properties', () => {
  const inner = { type: 'object', properties: { x: {} } };

  it.each<[string, JsonObject, Json, Json]>([
    ['at the root, even of a tool without arguments', {}, {}, { a: 1 }],
    ['in a nested object', { properties: { a: inner } }, { a: { x: 1 } }, { a: { y: 1 } }],
    [
      'in the items of a list',
      { properties: { a: { items: inner } } },
      { a: [{ x: 1 }] },
      { a: [{ y: 1 }] },
    ],
    [
      'in a tuple',
      { properties: { a: { prefixItems: [inner] } } },
      { a: [{ x: 1 }] },
      { a: [{ y: 1 }] },
    ],
    ['in a map', { additionalProperties: inner }, { k: { x: 1 } }, { k: { y: 1 } }],
    [
      'of allOf, which declares together',
      { allOf: [inner, { properties: { z: {} } }] },
      { x: 1, z: 1 },
      { x: 1, y: 1 },
    ],
    [
      'of anyOf',
      { anyOf: [inner, { required: ['z'], properties: { z: {} } }] },
      { x: 1, z: 1 },
      { y: 1 },
    ],
    [
      'of oneOf',
      {
        oneOf: [
          { properties: { x: {} }, required: ['x'] },
          { properties: { z: {} }, required: ['z'] },
        ],
      },
      { z: 1 },
      { z: 1, y: 1 },
    ],
    [
      'beside a reference',
      { properties: { z: {} }, $ref: '#/$defs/d', $defs: { d: inner } },
      { x: 1, z: 1 },
      { y: 1 },
    ],
    [
      'behind a reference',
      { properties: { a: { $ref: '#/$defs/d' } }, $defs: { d: inner } },
      { a: { x: 1 } },
      { a: { y: 1 } },
    ],
    [
      'behind a reference to an unusual place',
      { properties: { a: { $ref: '#/x-types/d' } }, 'x-types': { d: inner } },
      { a: { x: 1 } },
      { a: { y: 1 } },
    ],
    [
      'in a recursive schema',
      { properties: { next: { $ref: '#' }, x: {} } },
      { next: { next: { x: 1 } } },
      { next: { next: { y: 1 } } },
    ],
    [
      'of then',
      // oxlint-disable-next-line unicorn/no-thenable -- `then` is JSON Schema's word here.
      { properties: { x: {} }, if: { required: ['x'] }, then: { properties: { z: {} } } },
      { x: 1, z: 1 },
      { z: 1 },
    ],
    [
      'where an "if" lets everything pass',
      { properties: { x: {} }, if: { additionalProperties: true } },
      { x: 1 },
      { y: 1 },
    ],
  ])('are rejected %s', (_, schema, good, bad) => {
    expect(accepts(schema, good)).toBe(true);
    expect(accepts(schema, bad)).toBe(false);
  });

  it('are rejected under draft-07, too', () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      allOf: [
        inner,
        { properties: { z: { items: [{ type: 'string' }], additionalItems: false } } },
      ],
    };
    expect(accepts(schema, { x: 1, z: ['a'] })).toBe(true);
    expect(accepts(schema, { x: 1, y: 1 })).toBe(false);
    expect(accepts(schema, { z: ['a', 'b'] })).toBe(false);
  });

  it('stay a question inside "not", which closing would turn round', () => {
    const schema = {
      properties: { a: { type: 'object' } },
      not: {
        required: ['a'],
        properties: { a: { properties: { bad: { const: true } }, required: ['bad'] } },
      },
    };
    expect(accepts(schema, { a: { bad: true, more: 1 } })).toBe(false);
    expect(accepts(schema, { a: { bad: false } })).toBe(true);
  });

  it('are taken where the tool declares a free object or a map', () => {
    expect(accepts({ properties: { a: { type: 'object' } } }, { a: { any: 1 } })).toBe(true);
    expect(
      accepts(
        { properties: { a: { additionalProperties: { type: 'number' } } } },
        { a: { any: 1 } },
      ),
    ).toBe(true);
    expect(
      accepts(
        { properties: { a: { additionalProperties: { type: 'number' } } } },
        { a: { any: 'x' } },
      ),
    ).toBe(false);
  });
});
