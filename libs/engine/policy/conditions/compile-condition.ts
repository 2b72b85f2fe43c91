import type { JsonObject } from '#libs/platform/kernel';
import type { WorkBudget } from './work-budget.js';
import { compileArgumentTest } from './compile-test.js';
import type { Condition } from './condition.js';
import { FALSE, negate, TRUE, type Truth } from './truth.js';

/** A condition ready to run. `constant` is not null when no argument can change the answer. */
export interface CompiledCondition {
  readonly constant: Truth | null;
  evaluate(args: JsonObject, work: WorkBudget): Truth;
  /** What decided, in words: paths and operators, never a value of the call. */
  explanation(args: JsonObject, work: WorkBudget): string;
}

export function compileCondition(condition: Condition): CompiledCondition {
  switch (condition.kind) {
    case 'always':
      return constant(TRUE);
    case 'not':
      return not(compileCondition(condition.of));
    case 'all':
      return junction(condition.of.map(compileCondition), FALSE);
    case 'any':
      return junction(condition.of.map(compileCondition), TRUE);
    case 'arguments':
      return junction(
        condition.tests.map((test) => ({ constant: null, ...compileArgumentTest(test) })),
        FALSE,
      );
  }
}

const constant = (truth: Truth): CompiledCondition => ({
  constant: truth,
  evaluate: () => truth,
  explanation: () => (truth === TRUE ? 'it always applies' : 'it never applies'),
});

function not(inner: CompiledCondition): CompiledCondition {
  if (inner.constant !== null) return constant(negate(inner.constant));
  return {
    constant: null,
    evaluate: (args, work) => negate(inner.evaluate(args, work)),
    explanation: (args, work) => `not (${inner.explanation(args, work)})`,
  };
}

// "all" and "any" are one thing seen from two sides: FALSE decides a conjunction, TRUE a disjunction,
// and what does not decide is folded towards the decider.
function junction(parts: readonly CompiledCondition[], decider: Truth): CompiledCondition {
  if (parts.some((part) => part.constant === decider)) return constant(decider);
  const open = parts.filter((part) => part.constant === null);
  const [only] = open;
  if (only === undefined) return constant(negate(decider));
  if (open.length === 1) return only;
  return {
    constant: null,
    evaluate(args, work) {
      let truth = negate(decider);
      for (const part of open) {
        const one = part.evaluate(args, work);
        if (one === decider) return decider;
        if (one !== negate(decider)) truth = one;
      }
      return truth;
    },
    explanation(args, work) {
      const result = this.evaluate(args, work);
      return open
        .filter((part) => part.evaluate(args, work) === result)
        .map((part) => part.explanation(args, work))
        .join(decider === FALSE ? (result === TRUE ? ' and ' : '; ') : '; ');
    },
  };
}
