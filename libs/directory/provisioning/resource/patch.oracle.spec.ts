import { propertyRuns } from '#libs/dev/property-runs';
import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { scimPatch, type ScimPatchOperation, type ScimResource } from 'scim-patch';
import { describe, expect, it } from 'vitest';
import { ENTERPRISE_URN, USER, USER_URN } from '../schema/user.js';
import { applyPatch } from './patch.js';
import {
  ADA,
  KNOWN_DIFFERENCES,
  type Operation,
  type Outcome,
} from './patch-differences.fixture.js';
import { readPatch } from './patch-operation.js';
import { readResource } from './read-resource.js';

// RFC 7643 §2.5: null, an empty list and what is not there are the same.
const assigned = (value: Json): Json | undefined => {
  if (value === null) return undefined;
  if (Array.isArray(value)) {
    const values = value.flatMap((one) => assigned(one) ?? []);
    return values.length === 0 ? undefined : values;
  }
  return isObject(value) ? assignedParts(value) : value;
};

const assignedParts = (object: JsonObject): JsonObject | undefined => {
  const parts: JsonObject = {};
  for (const [key, value] of Object.entries(object)) {
    const kept = assigned(value);
    if (kept !== undefined) parts[key] = kept;
  }
  return Object.keys(parts).length === 0 ? undefined : parts;
};

const attempt = (patch: () => JsonObject): Outcome => {
  try {
    return assignedParts(patch()) ?? {};
  } catch {
    return null;
  }
};

const ours = (resource: JsonObject, operation: Operation): Outcome =>
  attempt(() => applyPatch(USER, resource, readPatch({ Operations: [operation] })));

const theirs = (resource: JsonObject, operation: Operation): Outcome =>
  attempt(() => {
    const frame = { meta: { created: new Date(0), lastModified: new Date(0) }, schemas: [] };
    const whole: ScimResource = { ...structuredClone(resource), ...frame };
    const operations = [structuredClone(operation) as ScimPatchOperation];
    const patched = scimPatch(whole, operations, { mutateDocument: true, treatMissingAsAdd: true });
    const { meta: _meta, schemas: _schemas, ...rest } = patched;
    return rest;
  });

const word = fc.constantFrom('a', 'b', 'c');
const orNull = <T extends Json>(value: fc.Arbitrary<T>) => fc.option<Json>(value, { freq: 8 });
const flag = fc.boolean();
const email = fc.oneof(
  fc.record(
    { value: word, type: fc.constantFrom('work', 'home', 'other'), primary: flag, display: word },
    { requiredKeys: ['value', 'type'] },
  ),
  // Often enough the same one twice.
  fc.constantFrom(
    { value: 'a', type: 'work', primary: true },
    { type: 'home', value: 'b', primary: false, display: 'c' },
  ),
);
const emails = fc
  .array(email, { minLength: 1, maxLength: 3 })
  .filter((values) => values.filter(({ primary }) => primary === true).length <= 1);
const name = fc.record({ givenName: word, familyName: word }, { requiredKeys: ['givenName'] });
const enterprise = fc.record({ department: word, manager: fc.record({ value: word }) });
const resources = fc
  .record(
    { userName: word, title: word, active: flag, name, emails, [ENTERPRISE_URN]: enterprise },
    { requiredKeys: ['userName'] },
  )
  .map((resource) => readResource(USER, resource));

const filters = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('type', 'value'),
      fc.constantFrom('eq', 'ne', 'co', 'sw'),
      fc.constantFrom('work', 'home', 'other', 'a', 'b'),
    )
    .map(([part, operator, value]) => `${part} ${operator} "${value}"`),
  fc.constantFrom(
    'primary eq true',
    'display pr',
    'type eq "work" and value eq "a"',
    'type eq "work" or not (value eq "a")',
  ),
);

const paths: fc.Arbitrary<[path: string, value: fc.Arbitrary<Json>]> = fc.oneof(
  fc.constantFrom<[string, fc.Arbitrary<Json>][]>(
    ['title', orNull(word)],
    ['displayName', orNull(word)],
    ['userName', word],
    ['active', flag],
    ['name.givenName', orNull(word)],
    ['name.familyName', word],
    ['name', fc.record({ givenName: orNull(word), familyName: word }, { requiredKeys: [] })],
    [`${ENTERPRISE_URN}:department`, orNull(word)],
    [`${ENTERPRISE_URN}:manager.value`, word],
    [`${USER_URN}:title`, word],
    ['emails', emails],
    ['emails', email],
    ['emails.display', word],
  ),
  filters.map((filter): [string, fc.Arbitrary<Json>] => [
    `emails[${filter}]`,
    fc.record({ value: word, display: orNull(word), primary: flag }, { requiredKeys: [] }),
  ]),
  fc
    .tuple(filters, fc.constantFrom('value', 'display', 'type'))
    .map(([filter, part]): [string, fc.Arbitrary<Json>] => [`emails[${filter}].${part}`, word]),
);

const ops = fc.constantFrom('add', 'replace', 'remove', 'Add', 'Replace', 'Remove');
const withPath: fc.Arbitrary<Operation> = fc
  .tuple(ops, paths)
  .chain(([op, [path, values]]) =>
    op.toLowerCase() === 'remove'
      ? fc.constant({ op, path })
      : values.map((value) => ({ op, path, value })),
  );
const withoutPath: fc.Arbitrary<Operation> = fc.record({
  op: fc.constantFrom('add', 'Replace'),
  value: fc.record(
    {
      title: orNull(word),
      active: flag,
      'name.givenName': word,
      name,
      emails,
      [`${ENTERPRISE_URN}:department`]: word,
    },
    { requiredKeys: [] },
  ),
});
const operations = fc.array(
  fc.oneof({ weight: 5, arbitrary: withPath }, { weight: 1, arbitrary: withoutPath }),
  { minLength: 1, maxLength: 5 },
);

describe('scim-patch', () => {
  it('makes of every operation what we make, one after the other, but for what is listed', () => {
    const seen = { same: 0, refused: 0, different: 0 };
    fc.assert(
      fc.property(resources, operations, (resource, sequence) => {
        let before = resource;
        for (const operation of sequence) {
          const [here, there] = [ours(before, operation), theirs(before, operation)];
          const isSame = isDeepStrictEqual(here, there);
          const one = { before, operation, theirs: there };
          const isExplained = isSame || KNOWN_DIFFERENCES.some(({ covers }) => covers(one));
          expect({ before, operation, here, ...(isExplained ? {} : { there }) }).toEqual({
            before,
            operation,
            here,
          });
          seen[isSame ? (here === null ? 'refused' : 'same') : 'different'] += 1;
          before = here ?? before;
        }
      }),
      { numRuns: propertyRuns(3000) },
    );
    expect(seen.same + seen.refused).toBeGreaterThan(2 * seen.different);
  }, 30_000);

  it.each(KNOWN_DIFFERENCES)('differs from us still: $why', ({ examples, covers }) => {
    for (const { on: before = ADA, operation, ours: expected } of examples) {
      const there = theirs(before, operation);
      expect({ operation, outcome: ours(before, operation) }).toEqual({
        operation,
        outcome: expected,
      });
      expect({ operation, there }).not.toEqual({ operation, there: expected });
      expect([operation, covers({ before, operation, theirs: there })]).toEqual([operation, true]);
    }
  });
});
