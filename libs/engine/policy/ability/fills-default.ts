import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import type { Condition } from '../conditions/condition.js';

/**
 * Whether the tool's schema may fill in an argument that the condition reads. Errs on the side of yes: a
 * default anywhere but in another argument's own schema counts.
 */
export function fillsDefault(schema: JsonObject, when: Condition): boolean {
  const { properties, ...rest } = schema;
  if (hasDefault(rest)) return true;
  if (!isObject(properties)) return hasDefault(properties);
  return [...argumentsIn(when)].some(
    (name) => Object.hasOwn(properties, name) && hasDefault(properties[name]),
  );
}

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

const hasDefault = (value: Json | undefined): boolean => {
  if (Array.isArray(value)) return value.some(hasDefault);
  if (!isObject(value)) return false;
  return Object.hasOwn(value, 'default') || Object.values(value).some(hasDefault);
};
