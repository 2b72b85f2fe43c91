import type { Json } from '#libs/platform/kernel';
import type {
  Check,
  FoldableCheck,
  LengthTest,
  NameSource,
  NameTest,
  NumberOperator,
  Scalar,
} from './condition.js';
import { foldCase } from './fold-case.js';
import { compileLinearRegex, type LinearRegex } from './linear-regex.js';
import { readName } from './read-name.js';
import { truthOf, UNKNOWN, type Truth } from './truth.js';
import type { WorkBudget } from './work-budget.js';

/** Evaluates one value; a value of another type than the operator's is unknown, never coerced. */
export type CompiledCheck = (value: Json, work: WorkBudget) => Truth;

export function compileCheck(check: Check): CompiledCheck {
  switch (check.operator) {
    case 'eq':
    case 'in':
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return check.ignoreCase === true ? ignoringCase(check) : compares(check);
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return ofNumber(bound(check.operator, check.operand));
    case 'matches':
      return matches(check.operand);
    case 'length':
      return ofLength(check.operand);
    case 'host':
    case 'domain':
      return ofName(check.operator, check.operand);
  }
}

function compares({ operator, operand }: FoldableCheck): CompiledCheck {
  switch (operator) {
    case 'eq':
      return equals(operand);
    case 'in':
      return isIn(operand);
    case 'startsWith':
      return ofText((value) => value.startsWith(operand));
    case 'endsWith':
      return ofText((value) => value.endsWith(operand));
    case 'contains':
      return ofText((value) => value.includes(operand));
  }
}

// Some twenty characters are folded in the time of one unit.
const FOLDED_PER_UNIT = 16;

function ignoringCase(check: FoldableCheck): CompiledCheck {
  const holds = compares(folded(check));
  return (value, work) => {
    if (typeof value !== 'string') return UNKNOWN;
    work.spend(value.length / FOLDED_PER_UNIT);
    return holds(foldCase(value), work);
  };
}

function folded(check: FoldableCheck): FoldableCheck {
  switch (check.operator) {
    case 'eq':
      return { operator: 'eq', operand: foldScalar(check.operand) };
    case 'in':
      return { operator: 'in', operand: check.operand.map(foldScalar) };
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return { operator: check.operator, operand: foldCase(check.operand) };
  }
}

const foldScalar = (one: Scalar): Scalar => (typeof one === 'string' ? foldCase(one) : one);

function equals(operand: Scalar): CompiledCheck {
  const type = typeof operand;
  return (value) => (typeof value === type ? truthOf(value === operand) : UNKNOWN);
}

function isIn(operands: readonly Scalar[]): CompiledCheck {
  const types = new Set<string>(operands.map((operand) => typeof operand));
  const values = new Set<Json>(operands);
  return (value) => (types.has(typeof value) ? truthOf(values.has(value)) : UNKNOWN);
}

function bound(operator: NumberOperator, operand: number): (value: number) => boolean {
  switch (operator) {
    case 'lt':
      return (value) => value < operand;
    case 'lte':
      return (value) => value <= operand;
    case 'gt':
      return (value) => value > operand;
    case 'gte':
      return (value) => value >= operand;
  }
}

const ofNumber =
  (holds: (value: number) => boolean): CompiledCheck =>
  (value) =>
    typeof value === 'number' ? truthOf(holds(value)) : UNKNOWN;

const ofText =
  (holds: (value: string) => boolean): CompiledCheck =>
  (value) =>
    typeof value === 'string' ? truthOf(holds(value)) : UNKNOWN;

// Compiled when a call first needs it: a gateway that loads a policy of a thousand patterns compiles none.
function matches(pattern: string): CompiledCheck {
  let regex: LinearRegex | undefined;
  return (value, work) =>
    typeof value === 'string'
      ? truthOf((regex ??= compileLinearRegex(pattern)).test(value, work))
      : UNKNOWN;
}

const COUNTED_PER_UNIT = 256;

function ofLength({ eq, ...bounds }: LengthTest): CompiledCheck {
  const holds = (Object.entries(bounds) as [NumberOperator, number][]).map(([operator, operand]) =>
    bound(operator, operand),
  );
  if (eq !== undefined) holds.push((length) => length === eq);
  return (value, work) => {
    if (typeof value !== 'string' && !Array.isArray(value)) return UNKNOWN;
    if (typeof value === 'string') work.spend(value.length / COUNTED_PER_UNIT);
    const length = typeof value === 'string' ? codePoints(value) : value.length;
    return truthOf(holds.every((one) => one(length)));
  };
}

/** The number of code points, as JSON Schema counts: half of a surrogate pair by itself is one. */
function codePoints(text: string): number {
  let pairs = 0;
  for (let i = 1; i < text.length; i += 1) {
    if ((text.charCodeAt(i) & 0xfc00) !== 0xdc00) continue;
    if ((text.charCodeAt(i - 1) & 0xfc00) !== 0xd800) continue;
    pairs += 1;
  }
  return text.length - pairs;
}

// Bounded by the length that an address may have; a list of many thousands is counted.
const UNITS_PER_NAME = 4;

function ofName(source: NameSource, { eq, in: list, endsWith }: NameTest): CompiledCheck {
  const names = list === undefined ? null : new Set(list);
  return (value, work) => {
    if (typeof value !== 'string') return UNKNOWN;
    work.spend(UNITS_PER_NAME);
    const name = readName(source, value);
    if (name === null) return UNKNOWN;
    return truthOf(
      (eq === undefined || name === eq) &&
        (names === null || names.has(name)) &&
        (endsWith === undefined || name.endsWith(endsWith)),
    );
  };
}
