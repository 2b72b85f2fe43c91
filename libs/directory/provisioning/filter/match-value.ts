import type { Json, JsonObject } from '#libs/platform/kernel';
import { badRequest } from '../errors.js';
import { findAttribute, type Attribute } from '../schema/attribute.js';
import { comparable } from '../schema/comparable.js';
import type { AttributePath, Comparison, Filter, Literal } from './filter.js';

const partOf = (attribute: Attribute, path: AttributePath): Attribute => {
  const part = findAttribute(attribute.subAttributes ?? [], path.name);
  if (part !== undefined && path.urn === null && path.sub === null) return part;
  throw badRequest('invalidPath', `A value of ${attribute.name} has no part ${path.name}.`);
};

/** Whether one value of a plural attribute fits the filter of a value path. */
export const matchesValue = (attribute: Attribute, filter: Filter, value: JsonObject): boolean => {
  const inner = (part: Filter) => matchesValue(attribute, part, value);
  switch (filter.kind) {
    // Both sides are always looked at, so that a wrong name is rejected whatever the data.
    case 'and': {
      const [left, right] = [inner(filter.left), inner(filter.right)];
      return left && right;
    }
    case 'or': {
      const [left, right] = [inner(filter.left), inner(filter.right)];
      return left || right;
    }
    case 'not':
      return !inner(filter.filter);
    case 'present':
      return value[partOf(attribute, filter.path).name] !== undefined;
    case 'compare': {
      const part = partOf(attribute, filter.path);
      return compare(part, filter.operator, value[part.name], filter.value);
    }
    case 'within':
      throw badRequest('invalidPath', 'A filter of values cannot hold another one.');
  }
};

const compare = (
  part: Attribute,
  operator: Comparison,
  value: Json | undefined,
  literal: Literal,
): boolean => {
  if (operator === 'ne') return !compare(part, 'eq', value, literal);
  if (literal === null) return operator === 'eq' && value === undefined;
  // An absent boolean is false, as filters in SQL have it.
  if (part.type === 'boolean') {
    if (operator !== 'eq')
      throw badRequest('invalidFilter', 'A boolean can only be asked with eq, ne and pr.');
    const given = value === true ? 'true' : 'false';
    return String(literal).toLowerCase() === given;
  }
  if (typeof value !== 'string' || typeof literal !== 'string') return false;
  const fold = (text: string) => (part.caseExact ? text : comparable(text));
  return TESTS[operator](fold(value), fold(literal));
};

const TESTS: Record<Exclude<Comparison, 'ne'>, (value: string, given: string) => boolean> = {
  eq: (value, given) => value === given,
  co: (value, given) => value.includes(given),
  sw: (value, given) => value.startsWith(given),
  ew: (value, given) => value.endsWith(given),
  gt: (value, given) => value > given,
  ge: (value, given) => value >= given,
  lt: (value, given) => value < given,
  le: (value, given) => value <= given,
};
