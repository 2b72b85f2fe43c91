import { hasErrorCode } from './error-code.js';

// PostgreSQL: serialization failure, deadlock; Prisma's word for both.
const CODES = new Set<unknown>(['40001', '40P01', 'P2034', 'TransactionWriteConflict']);

/**
 * True when PostgreSQL ended a transaction because it and another one waited for each other, or could not both
 * be true: nothing of it was done, and the same work may succeed at once.
 */
export const isDeadlock = (error: unknown): boolean =>
  hasErrorCode(error, (code) => CODES.has(code));
