import type { Json } from '#libs/platform/kernel';
import { compileLinearRegex } from './linear-regex.js';
import type { WorkBudget } from './work-budget.js';
import type { Check, NumberOperator, Scalar, StringOperator } from './condition.js';
import { truthOf, UNKNOWN, type Truth } from './truth.js';

/** Evaluates one value; a value of another type than the operator's is unknown, never coerced. */
export type CompiledCheck = (value: Json, work: WorkBudget) => Truth;

export function compileCheck(check: Check): CompiledCheck {
  switch (check.operator) {
    case 'eq':
      return equals(check.operand);
    case 'in':
      return isIn(check.operand);
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return compares(check.operator, check.operand);
    case 'startsWith':
    case 'endsWith':
    case 'contains':
    case 'matches':
      return reads(check.operator, check.operand);
  }
}

function equals(operand: Scalar): CompiledCheck {
  const type = typeof operand;
  return (value) => (typeof value === type ? truthOf(value === operand) : UNKNOWN);
}

function isIn(operands: readonly Scalar[]): CompiledCheck {
  const types = new Set<string>(operands.map((operand) => typeof operand));
  const values = new Set<Json>(operands);
  return (value) => (types.has(typeof value) ? truthOf(values.has(value)) : UNKNOWN);
}

function compares(operator: NumberOperator, operand: number): CompiledCheck {
  switch (operator) {
    case 'lt':
      return ofNumber((value) => value < operand);
    case 'lte':
      return ofNumber((value) => value <= operand);
    case 'gt':
      return ofNumber((value) => value > operand);
    case 'gte':
      return ofNumber((value) => value >= operand);
  }
}

const ofNumber =
  (holds: (value: number) => boolean): CompiledCheck =>
  (value) =>
    typeof value === 'number' ? truthOf(holds(value)) : UNKNOWN;

function reads(operator: StringOperator, operand: string): CompiledCheck {
  const holds = stringPredicate(operator, operand);
  return (value, work) => (typeof value === 'string' ? truthOf(holds(value, work)) : UNKNOWN);
}

function stringPredicate(
  operator: StringOperator,
  operand: string,
): (value: string, work: WorkBudget) => boolean {
  switch (operator) {
    case 'startsWith':
      return (value) => value.startsWith(operand);
    case 'endsWith':
      return (value) => value.endsWith(operand);
    case 'contains':
      return (value) => value.includes(operand);
    case 'matches': {
      const regex = compileLinearRegex(operand);
      return (value, work) => regex.test(value, work);
    }
  }
}
