import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import type { Condition } from '../conditions/condition.js';

/**
 * Whether the tool's schema may fill in an argument that the condition reads. Errs on the side of yes: a
 * default anywhere but in another argument's own schema counts, and where a schema refers to another, any.
 */
export function fillsDefault(schema: JsonObject, when: Condition): boolean {
  const filled = filledBy(schema);
  return filled === 'any' || [...argumentsIn(when)].some((name) => filled.has(name));
}

type Filled = 'any' | ReadonlySet<string>;

// A schema may be large, and is asked about once for each rule of its tool.
const known = new WeakMap<JsonObject, Filled>();

const filledBy = (schema: JsonObject): Filled => {
  const found = known.get(schema) ?? findFilled(schema);
  known.set(schema, found);
  return found;
};

const findFilled = (schema: JsonObject): Filled => {
  const { properties, ...rest } = schema;
  if (hasKey(rest, 'default')) return 'any';
  if (!isObject(properties)) return hasKey(properties, 'default') ? 'any' : new Set();
  const isAnywhere = hasKey(properties, 'default');
  return new Set(
    Object.entries(properties)
      .filter(
        ([, one]) =>
          hasKey(one, 'default') || (isAnywhere && REFERENCES.some((key) => hasKey(one, key))),
      )
      .map(([name]) => name),
  );
};

const REFERENCES = ['$ref', '$dynamicRef', '$recursiveRef'];

function* argumentsIn(when: Condition): Iterable<string> {
  switch (when.kind) {
    case 'always':
      return;
    case 'not':
      yield* argumentsIn(when.of);
      return;
    case 'all':
    case 'any':
      for (const one of when.of) yield* argumentsIn(one);
      return;
    case 'arguments':
      for (const { segments } of when.tests) yield segments[0] ?? '';
  }
}

const hasKey = (value: Json | undefined, key: string): boolean => {
  if (Array.isArray(value)) return value.some((one) => hasKey(one, key));
  if (!isObject(value)) return false;
  return Object.hasOwn(value, key) || Object.values(value).some((one) => hasKey(one, key));
};
