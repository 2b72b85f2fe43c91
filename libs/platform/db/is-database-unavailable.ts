import { hasErrorCode } from './error-code.js';

// Node's, PostgreSQL's and Prisma's codes for a database that cannot be reached or takes no work just now.
const CODES = new Set([
  // Node: the connection was rejected, broke or was never made.
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  // Prisma's driver, by kind.
  'DatabaseNotReachable',
  // PostgreSQL: it shuts down, crashed or starts; it has no connection left.
  '57P01',
  '57P02',
  '57P03',
  '53300',
  // Prisma: not reached, timed out, closed; no connection or transaction in time; too many connections.
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2037',
]);

// PostgreSQL's class 08: connection exceptions.
const CONNECTION_EXCEPTION = /^08\w{3}$/;
/**
 * True when `error` says that the database cannot be reached, or takes no work just now: the same
 * request may succeed later. Looks into its causes, and into what Prisma keeps of its driver's error.
 */
export const isDatabaseUnavailable = (error: unknown): boolean =>
  hasErrorCode(error, isUnavailable);

const isUnavailable = (code: unknown): boolean =>
  typeof code === 'string' && (CODES.has(code) || CONNECTION_EXCEPTION.test(code));
