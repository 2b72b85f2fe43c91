import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '#libs/dev/property-runs';
import type { Json, JsonObject } from '#libs/platform/kernel';
import { compileArguments } from './compile-arguments.js';

const compiled = (schema: JsonObject, options = {}) => {
  const found = compileArguments(schema, options);
  if (!found.ok) throw new Error(found.reasons.join());
  return found;
};
const accepts = (schema: JsonObject, value: Json, options = {}): boolean =>
  compiled({ type: 'object', ...schema }, options).bind(value).ok;

/** A validator that is not ours, and knows nothing of us. */
const plain = (schema: JsonObject) =>
  new Ajv2020({
    strict: false,
    validateFormats: false,
    logger: false,
    meta: false,
    validateSchema: false,
  }).compile(schema);

const orOverflow = <T>(evaluate: () => T): T | null => {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

describe('what a schema declares open', () => {
  const inner = { type: 'object', properties: { x: { type: 'string' } } };

  it.each<[string, JsonObject, Json]>([
    ['by true', { ...inner, additionalProperties: true }, { y: 1 }],
    ['by an empty schema', { ...inner, additionalProperties: {} }, { y: 1 }],
    ['by a schema that only describes', { ...inner, additionalProperties: { title: 't' } }, { y: 1 }],
    ['by unevaluatedProperties', { ...inner, unevaluatedProperties: true }, { y: 1 }],
    ['in an argument', { properties: { a: { ...inner, additionalProperties: {} } } }, { a: { y: 1 } }],
    ['in a branch', { anyOf: [{ ...inner, additionalProperties: true }] }, { y: 1 }],
    ['in a definition', { $ref: '#/$defs/d', $defs: { d: { ...inner, additionalProperties: true } } }, { y: 1 }],
  ])('is open: %s', (_, schema, value) => {
    expect(accepts(schema, value)).toBe(true);
  }); // prettier-ignore

  it('is held to the schema that it gives for others', () => {
    const schema = { ...inner, additionalProperties: { type: 'number' } };
    expect(accepts(schema, { y: 1 })).toBe(true);
    expect(accepts(schema, { y: 'text' })).toBe(false);
    expect(accepts(schema, { x: 1 })).toBe(false);
  });

  it('is closed where the schema says nothing, and open there once a person allowed it', () => {
    expect(accepts(inner, { y: 1 })).toBe(false);
    expect(accepts(inner, { y: 1 }, { allowUndeclared: true })).toBe(true);
    expect(accepts({ ...inner, additionalProperties: false }, { y: 1 }, { allowUndeclared: true })).toBe(false);
  }); // prettier-ignore
});

describe('what we cannot check', () => {
  const property = (schema: Json): JsonObject => ({ properties: { a: schema } });

  it.each<[string, JsonObject, Json]>([
    ['a pattern that backtracks', property({ type: 'string', pattern: '^(?=a)(a+)\\1$' }), { a: 'b' }],
    ['a pattern that is broken', property({ type: 'string', pattern: '(' }), { a: 'b' }],
    ['a pattern that multiplies', property({ type: 'string', pattern: 'a{1000}'.repeat(100) }), { a: 'b' }],
    ['a patternProperties that backtracks', property({ patternProperties: { '(?=a)': { type: 'string' } }, additionalProperties: false }), { a: { a: 7 } }],
    ['a remote reference', property({ $ref: 'https://evil.test/schema' }), { a: 1 }],
    ['a file reference', property({ $ref: 'file:///etc/passwd' }), { a: 1 }],
    ['a relative reference', property({ $ref: 'other.json#/x' }), { a: 1 }],
    ['a reference to nothing', property({ $ref: '#/$defs/none' }), { a: 1 }],
    ['a reference into a prototype', property({ $ref: '#/constructor' }), { a: 1 }],
    ['a reference to something else', { title: 'x', ...property({ $ref: '#/title' }) }, { a: 1 }],
    ['a part that is elsewhere, which may declare more', { allOf: [{ $ref: 'https://evil.test/schema' }], ...property({}) }, { b: 1 }],
    ['a reference inside a resource of its own', property({ $id: 'https://other.test/s', properties: { x: { $ref: '#/properties/a' } } }), { a: { x: 7 } }],
  ])('is left to the tool server, with a note: %s', (_, schema, value) => {
    const found = compiled({ type: 'object', ...schema });
    expect(found.bind(value).ok).toBe(true);
    expect(found.notes.join()).toMatch(/^The tool server checks `/);
    expect(JSON.stringify(found.schema)).toContain('The tool server checks');
    expect(plain(found.schema)(value)).toBe(true);
  }); // prettier-ignore

  /* oxlint-disable unicorn/no-thenable -- `then` is JSON Schema's word here. */
  // To hold a part of a question to less could hold the whole to more.
  it.each<[string, JsonObject, Json]>([
    ['not', { not: { type: 'string', pattern: '(?=x)' } }, 'x'],
    ['if', { if: { type: 'string', pattern: '(?=x)' }, then: { maxLength: 1 } }, 'long'],
    ['contains', { type: 'array', contains: { pattern: '(?=x)' }, maxContains: 1 }, ['a', 'b']],
    ['oneOf', { oneOf: [{ pattern: '(?=x)' }, { type: 'string' }] }, 'a'],
    ['a definition', { not: { $ref: '#/$defs/d' } }, 'x'],
  ])('is no question either: %s', (_, schema, value) => {
    const $defs = { d: { type: 'string', pattern: '(?=x)' } };
    expect(accepts({ ...property(schema), $defs }, { a: value })).toBe(true);
  }); // prettier-ignore

  it('costs nothing of the rest', () => {
    const schema = { properties: { a: { pattern: '(?=x)' }, b: { type: 'number', maximum: 5 } } };
    expect(accepts(schema, { a: 'y', b: 5 })).toBe(true);
    expect(accepts(schema, { b: 6 })).toBe(false);
    expect(accepts(schema, { c: 6 })).toBe(false);
  });

  it('is bounded: of hundreds of large patterns some are checked', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`p${index}`, { pattern: `^[a-z]{1,${100 + index}}$` }]),
    );
    const found = compiled({ type: 'object', properties });
    expect(found.bind({ p0: '7' }).ok).toBe(false);
    expect(found.bind({ p299: '7' }).ok).toBe(true);
  }); // prettier-ignore
});

describe('schemas of other drafts', () => {
  it.each<[string, JsonObject, Json, Json]>([
    ['draft-04 bounds', { $schema: 'http://json-schema.org/draft-04/schema#', properties: { a: { maximum: 5, exclusiveMaximum: true } } }, { a: 4 }, { a: 5 }],
    ['draft-04 bounds that are not exclusive', { properties: { a: { minimum: 5, exclusiveMinimum: false } } }, { a: 5 }, { a: 4 }],
    ['draft-04 anchors', { properties: { a: { $ref: '#text' } }, definitions: { d: { id: '#text', type: 'string' } } }, { a: 'x' }, { a: 1 }],
    ['draft-06', { $schema: 'http://json-schema.org/draft-06/schema#', properties: { a: { const: 1 } } }, { a: 1 }, { a: 2 }],
    ['draft-07 dependencies', { dependencies: { a: ['b'], b: { required: ['c'] } }, properties: { a: {}, b: {}, c: {} } }, { a: 1, b: 1, c: 1 }, { a: 1 }],
    ['an anchor', { properties: { a: { $ref: '#text' } }, $defs: { d: { $anchor: 'text', type: 'string' } } }, { a: 'x' }, { a: 1 }],
    ['a dynamic reference', { properties: { a: { $dynamicRef: '#node' } }, $defs: { d: { $dynamicAnchor: 'node', type: 'string' } } }, { a: 'x' }, { a: 1 }],
    ['a recursive reference', { $schema: 'https://json-schema.org/draft/2019-09/schema', properties: { a: { $recursiveRef: '#' }, b: { type: 'string' } } }, { a: { b: 'x' } }, { a: { b: 1 } }],
    ['its own $id', { $id: 'https://tool.test/in.json', properties: { a: { $ref: 'https://tool.test/in.json#/$defs/d' } }, $defs: { d: { type: 'string' } } }, { a: 'x' }, { a: 1 }],
    ['an unknown metaschema', { $schema: 'https://evil.test/schema', $vocabulary: {}, properties: { a: { type: 'string' } } }, { a: 'x' }, { a: 1 }],
    ['a property that is called id', { properties: { id: { type: 'string' }, default: { pattern: '(?=a)' } } }, { id: 'x' }, { id: 1 }],
  ])('are read as what they mean: %s', (_, schema, good, bad) => {
    expect(accepts(schema, good)).toBe(true);
    expect(accepts(schema, bad)).toBe(false);
  }); // prettier-ignore

  it('knows neither of two anchors that share a name', () => {
    const $defs = { d: { $anchor: 'x', type: 'string' }, e: { $anchor: 'x', type: 'number' } };
    expect(accepts({ properties: { a: { $ref: '#x' } }, $defs }, { a: true })).toBe(true);
  });

  it('are shown in 2020-12, their anchors once', () => {
    const $defs = { d: { $anchor: 'x', type: 'string' } };
    const twice = { a: { $ref: '#x' }, b: { not: { $ref: '#/$defs/d' } } };
    const $schema = 'http://json-schema.org/draft-07/schema#';
    const { schema } = compiled({ $schema, type: 'object', properties: twice, $defs });
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(JSON.stringify(schema).match(/"\$anchor":"x"/g)).toHaveLength(1);
    expect(plain(schema)({ a: 'x', b: 1 })).toBe(true);
  });

  it('needs no type at the root', () => {
    expect(compileArguments({ properties: { a: {} } }).ok).toBe(true);
    expect(compileArguments({ type: ['object', 'null'] }).ok).toBe(true);
  });
});

describe('what is advertised is what is enforced (G19)', () => {
  const leaf = fc.constantFrom<JsonObject>(
    { type: 'string', description: 'text' },
    { type: 'integer', minimum: 1 },
    { enum: ['a', 1, null] },
    { type: 'string', pattern: '^a+$' },
    { type: 'string', pattern: '^(?!a)' },
    { $ref: '#/$defs/one' },
    { $ref: '#/$defs/two' },
    { $ref: 'https://elsewhere.test/' },
    { type: 'object' },
  );
  const names = fc.constantFrom('a', 'b', 'c', 'if');
  const { schema } = fc.letrec<{ schema: JsonObject }>((tie) => {
    const properties = fc.dictionary(names, tie('schema'), { maxKeys: 3 });
    const list = fc.array(tie('schema'), { minLength: 1, maxLength: 2 });
    const opened = fc.constantFrom<JsonObject>({}, {}, { additionalProperties: true }, { additionalProperties: false }, { additionalProperties: { type: 'string' } }); // prettier-ignore
    return {
      schema: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.record({ properties, required: fc.uniqueArray(names, { maxLength: 1 }), open: opened }).map(({ open, ...rest }) => ({ type: 'object', ...rest, ...open })),
        list.map((allOf) => ({ allOf })),
        list.map((anyOf) => ({ anyOf })),
        list.map((oneOf) => ({ oneOf })),
        tie('schema').map((not) => ({ not })),
        fc.tuple(tie('schema'), tie('schema')).map(([one, other]) => ({ if: one, then: other })),
        fc.tuple(properties, leaf).map(([some, part]) => ({ properties: some, allOf: [part] })),
        list.map((items) => ({ type: 'array', items: items[0] as JsonObject })),
      ),
    };
  }); // prettier-ignore
  const root = fc
    .record({ properties: fc.dictionary(names, schema, { maxKeys: 3 }), one: schema, two: schema })
    .map(({ properties, one, two }) => ({ type: 'object', properties, $defs: { one, two } }));
  const value = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<Json>('a', 'aa', 'b', 0, 1, 7, null, true),
      fc.array(tie('value'), { maxLength: 2 }),
      fc.dictionary(names, tie('value'), { maxKeys: 3 }),
    ),
  })).value;

  it(
    'for a validator that is not ours, over random schemas and arguments',
    { timeout: 120_000 },
    () => {
      const seen = { valid: 0, invalid: 0 };
      fc.assert(
        fc.property(
          root,
          fc.array(fc.dictionary(names, value, { maxKeys: 3 }), { maxLength: 6 }),
          (document, list) => {
            const found = compileArguments(document);
            if (!found.ok) return;
            const validate = orOverflow(() => plain(found.schema));
            if (validate === null) return;
            for (const args of list) {
              // A reference that refers to itself without end is rejected; that one runs into the end of the stack.
              const isValid = orOverflow(() => validate(args));
              if (isValid !== null) seen[isValid ? 'valid' : 'invalid'] += 1;
              expect(found.bind(args).ok).toBe(isValid ?? false);
            }
          },
        ),
        { numRuns: propertyRuns(300) },
      );
      expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(propertyRuns(300) / 20);
    },
  );
});
