import type { Position } from './position.js';

/** Something wrong with a policy text: where, what, and in which rule. Errors reject; warnings tell. */
export interface PolicyProblem {
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly rule?: string;
}

export const problem = (
  at: Position,
  severity: PolicyProblem['severity'],
  message: string,
  rule?: string,
): PolicyProblem => ({
  line: at.line,
  column: at.column,
  severity,
  message,
  ...(rule === undefined ? {} : { rule }),
});
