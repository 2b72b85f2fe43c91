import { compileCheck } from '../conditions/check.js';
import type { Check, Scalar } from '../conditions/condition.js';
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
  const types = new Set(checks.map(typeNeeded));
  if (types.size > 1) return 'the operators need values of different types';
  return emptyRange(checks);
}

/** The values to which `eq` and `in` limit the argument; null when they do not. */
function candidatesOf(checks: readonly Check[]): readonly Scalar[] | null {
  const [first] = checks.flatMap((check) =>
    check.operator === 'eq' ? [[check.operand]] : check.operator === 'in' ? [check.operand] : [],
  );
  return first ?? null;
}

const typeNeeded = ({ operand }: Check): string => typeof operand;

function emptyRange(checks: readonly Check[]): string | null {
  let low = { value: -Infinity, open: false };
  let high = { value: Infinity, open: false };
  for (const { operator, operand } of checks) {
    if (typeof operand !== 'number') continue;
    const bound = { value: operand, open: operator === 'lt' || operator === 'gt' };
    const tighter = (than: typeof bound, sign: 1 | -1): boolean =>
      sign * (operand - than.value) > 0 || (operand === than.value && bound.open);
    if (operator === 'gt' || operator === 'gte') low = tighter(low, 1) ? bound : low;
    if (operator === 'lt' || operator === 'lte') high = tighter(high, -1) ? bound : high;
  }
  const empty = low.value > high.value || (low.value === high.value && (low.open || high.open));
  return empty ? 'no number is within both limits' : null;
}
