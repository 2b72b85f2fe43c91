import type { Problem } from '#libs/platform/kernel';

/** The schema cannot be used; the message says why. */
export class UnsupportedSchemaError extends Error {
  override readonly name = 'UnsupportedSchemaError';
}

/** The value is no JSON that we are willing to hand on. */
export class UnsupportedValueError extends Error {
  override readonly name = 'UnsupportedValueError';

  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** A pattern that is malformed, too big, or needs backtracking (lookaround, back-references). */
export class UnsupportedPatternError extends Error {
  override readonly name = 'UnsupportedPatternError';
}

/** Evaluating one call cost more than a call may; the call is rejected, never waved through. */
export class WorkExhaustedError extends Error {
  override readonly name = 'WorkExhaustedError';
}
