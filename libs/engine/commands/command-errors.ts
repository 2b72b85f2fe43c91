import { isDatabaseUnavailable, isDeadlock, isUniqueViolation } from '#libs/platform/db';
import { DomainError, type DomainErrorCode, type Problem } from '#libs/platform/kernel';
import type { ZodError } from 'zod';
import { storable } from './storable.js';

// Errors that the actor caused; any other is a failure of ours or of a dependency.
const REJECTIONS: ReadonlySet<DomainErrorCode> = new Set([
  'invalid_input',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'precondition_failed',
  'payload_too_large',
  'rate_limited',
]);

/** `rejected`: the actor asked for something that cannot be. `failed`: something of ours broke. */
export const outcomeOf = (error: DomainError): 'rejected' | 'failed' =>
  REJECTIONS.has(error.code) ? 'rejected' : 'failed';

/** Maps whatever was thrown to something that a caller may be told. */
export const toDomainError = (error: unknown): DomainError => {
  if (error instanceof DomainError) return error;
  if (isUniqueViolation(error)) {
    const message = 'This name is already in use. Choose another one.';
    return new DomainError('conflict', message, { cause: error });
  }
  if (isDatabaseUnavailable(error)) {
    const message = 'The database cannot be reached just now; nothing was changed. Try again.';
    return new DomainError('unavailable', message, { cause: error });
  }
  if (isDeadlock(error)) {
    const message = 'Somebody changed this at the same time. Look at it again, then try again.';
    return new DomainError('conflict', message, { cause: error });
  }
  const message = 'Something went wrong on our side; nothing was changed. Try again.';
  return new DomainError('internal', message, { cause: error });
};

/** What is wrong with an input, path by path. */
export const invalidInput = (error: ZodError): DomainError => {
  const problems: Problem[] = error.issues.slice(0, 100).map((issue) => ({
    path: storable(issue.path.join('.')),
    message: storable(issue.message),
  }));
  const [first] = problems;
  const where = first === undefined || first.path === '' ? '' : `${first.path}: `;
  const message = `The input is not valid (${where}${first?.message ?? 'unknown problem'}).`;
  return new DomainError('invalid_input', message.slice(0, 500), { problems, cause: error });
};
