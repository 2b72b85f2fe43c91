import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#libs/platform/kernel';
import { compileArguments } from './compile-arguments.js';

const reasons = (schema: JsonObject): string => {
  const compiled = compileArguments(schema);
  return compiled.ok ? '' : compiled.reasons.join('\n');
};
const object = (rest: JsonObject): JsonObject => ({ type: 'object', ...rest });
const property = (schema: Json): JsonObject => object({ properties: { a: schema } });
const nest = (levels: number): JsonObject => (levels === 0 ? {} : { not: nest(levels - 1) });

// The bounds on time are wide: they tell seconds from hours, on a busy machine, too.
describe('hostile schemas', { timeout: 30_000 }, () => {
  it.each<[string, JsonObject, RegExp]>([
    ['more than 64 KB', property({ description: 'x'.repeat(65_536) }), /64 KB/],
    ['more than 64 levels', nest(65), /64 levels/],
    ['nesting that would exhaust the stack', nest(5_000), /64 levels/],
    ['a root that is no object', { type: 'string' }, /root/],
    ['an unknown type', property({ type: 'text' }), /not a valid JSON Schema/],
    ['a maximum that is text', property({ maximum: '5' }), /not a valid JSON Schema/],
    ['properties that are a list', object({ properties: [] }), /must be an object/],
    ['a property that is text', property('string'), /must be an object/],
    ['anyOf that is an object', property({ anyOf: {} }), /list of schemas/],
    ['required that is text', object({ required: 'a' }), /not a valid JSON Schema/],
  ])('rejects %s with a reason', (_, schema, reason) => {
    expect(reasons(schema)).toMatch(reason);
  });

  it('bounds references that multiply', () => {
    const $defs = Object.fromEntries(
      Array.from({ length: 30 }, (_, level) => [
        `d${level}`,
        level === 29
          ? { type: 'string' }
          : { allOf: [{ $ref: `#/$defs/d${level + 1}` }, { $ref: `#/$defs/d${level + 1}` }] },
      ]),
    );
    const compiled = compileArguments(object({ properties: { a: { $ref: '#/$defs/d0' } }, $defs }));
    if (!compiled.ok) throw new Error(compiled.reasons.join());
    const before = performance.now();
    expect(compiled.bind({ a: 'x' })).toMatchObject({
      ok: false,
      problems: [{ message: /too much work/ }],
    });
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it('ends a reference that refers to itself', () => {
    const compiled = compileArguments(
      object({ properties: { a: { $ref: '#/$defs/d' } }, $defs: { d: { $ref: '#/$defs/d' } } }),
    );
    // A loop may be rejected when compiled or when it runs; it never hangs and never accepts.
    expect(compiled.ok && compiled.bind({ a: 1 }).ok).toBe(false);
  });

  it('bounds long lists of alternatives against long arrays', () => {
    const anyOf = Array.from({ length: 500 }, (_, index) => ({ const: `v${index}` }));
    const compiled = compileArguments(property({ items: { anyOf } }));
    if (!compiled.ok) throw new Error(compiled.reasons.join());
    const before = performance.now();
    expect(compiled.bind({ a: Array.from({ length: 100_000 }, () => 'v499') }).ok).toBe(false);
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(compiled.bind({ a: ['v499'] }).ok).toBe(true);
  });

  it('says which parts of a schema are not checked', () => {
    const compiled = compileArguments(
      property({ type: 'string', format: 'email', 'x-note': 1, maximun: 5 }),
    );
    expect(compiled.ok && compiled.notes).toEqual([
      'The keyword `format` is not checked.',
      'The keyword `x-note` is not known and not checked.',
      'The keyword `maximun` is not known and not checked.',
    ]);
  });

  it('does not let a schema use our own keyword', () => {
    const compiled = compileArguments(property({ 'x-gatehouse-steps': -1e9 }));
    expect(compiled.ok && compiled.notes).toHaveLength(1);
  });

  it.each([
    ['properties', wide(500)],
    ['objects', wide(70, wide(30))],
    [
      'alternatives',
      property({ anyOf: Array.from({ length: 500 }, () => ({ type: 'string', minLength: 1 })) }),
    ],
    ['parts', property({ allOf: Array.from({ length: 500 }, () => ({ required: ['a'] })) })],
    [
      'required names',
      object({ required: Array.from({ length: 5_000 }, (_, index) => `p${index}`) }),
    ],
  ])('answers about very many %s in bounded time', (_, schema) => {
    const before = performance.now();
    expect(reasons(schema)).toMatch(/^$|too large/);
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  it('rejects more than 500 properties of one object, or alternatives of one place', () => {
    expect(reasons(wide(501))).toMatch(/more than 500/);
    expect(reasons(property({ anyOf: Array.from({ length: 501 }, () => ({})) }))).toMatch(
      /more than 500/,
    );
  });
});

function wide(count: number, inner: JsonObject = { type: 'string' }): JsonObject {
  const names = Array.from({ length: count }, (_, index) => `p${index}`);
  return object({ properties: Object.fromEntries(names.map((name) => [name, inner])) });
}
