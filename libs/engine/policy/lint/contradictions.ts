import { compileCheck } from '../conditions/check.js';
import {
  NUMBER_OPERATORS,
  type Check,
  type LengthTest,
  type NumberOperator,
  type Scalar,
} from '../conditions/condition.js';
import { TRUE } from '../conditions/truth.js';
import { WorkBudget } from '../conditions/work-budget.js';

/** Why no value at all passes these checks together; null when some may. */
export function contradiction(checks: readonly Check[]): string | null {
  const candidates = candidatesOf(checks);
  if (candidates !== null) {
    const evaluates = checks.map(compileCheck);
    const passes = (value: Scalar): boolean =>
      evaluates.every((evaluate) => evaluate(value, new WorkBudget()) === TRUE);
    return candidates.some(passes) ? null : 'no listed value passes the other operators';
  }
  const types = new Set(checks.map(typeNeeded).filter((type) => type !== null));
  if (types.size > 1) return 'the operators need values of different types';
  if (isEmptyRange(checks.flatMap(numberBound))) return 'no number is within both limits';
  return isEmptyRange(checks.flatMap(lengthBounds)) ? 'no length is within both limits' : null;
}

/** The values to which `eq` and `in` limit the argument; null when they do not. */
function candidatesOf(checks: readonly Check[]): readonly Scalar[] | null {
  const [first] = checks.flatMap((check) => {
    // Every way to write it is a candidate, and those are not listed.
    if ('ignoreCase' in check) return [];
    if (check.operator === 'eq') return [[check.operand]];
    return check.operator === 'in' ? [check.operand] : [];
  });
  return first ?? null;
}

/** The type that a check needs; null when there are several. */
function typeNeeded(check: Check): string | null {
  if (check.operator === 'length') return null;
  const isText = 'ignoreCase' in check || check.operator === 'host' || check.operator === 'domain';
  return isText ? 'string' : typeof check.operand;
}

interface Bound {
  readonly operator: NumberOperator;
  readonly operand: number;
}

const isNumberOperator = (operator: string): operator is NumberOperator =>
  NUMBER_OPERATORS.some((one) => one === operator);

const numberBound = ({ operator, operand }: Check): Bound[] =>
  isNumberOperator(operator) && typeof operand === 'number' ? [{ operator, operand }] : [];

const lengthBounds = (check: Check): Bound[] =>
  check.operator === 'length' ? [{ operator: 'gte', operand: 0 }, ...boundsOf(check.operand)] : [];

// Lengths are whole numbers: between 3 and 4 there is none.
const boundsOf = ({ eq, lt, lte, gt, gte }: LengthTest): Bound[] => {
  const least = [eq, gte, gt === undefined ? undefined : gt + 1].filter((one) => one !== undefined);
  const most = [eq, lte, lt === undefined ? undefined : lt - 1].filter((one) => one !== undefined);
  return [
    ...least.map((operand): Bound => ({ operator: 'gte', operand })),
    ...most.map((operand): Bound => ({ operator: 'lte', operand })),
  ];
};

function isEmptyRange(bounds: readonly Bound[]): boolean {
  let low = { value: -Infinity, open: false };
  let high = { value: Infinity, open: false };
  for (const { operator, operand } of bounds) {
    const bound = { value: operand, open: operator === 'lt' || operator === 'gt' };
    const tighter = (than: typeof bound, sign: 1 | -1): boolean =>
      sign * (operand - than.value) > 0 || (operand === than.value && bound.open);
    if (operator === 'gt' || operator === 'gte') low = tighter(low, 1) ? bound : low;
    if (operator === 'lt' || operator === 'lte') high = tighter(high, -1) ? bound : high;
  }
  return low.value > high.value || (low.value === high.value && (low.open || high.open));
}
