import type { ExactJson } from '#libs/platform/kernel';

/** The levels of log messages (RFC 5424), the least urgent first. */
export const LOG_LEVELS = [
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'critical',
  'alert',
  'emergency',
] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Whether a message of this level is at least as urgent as wanted; one of no known level is not. */
export const isAtLeast = (level: ExactJson | undefined, wanted: LogLevel): boolean =>
  LOG_LEVELS.findIndex((one) => one === level) >= LOG_LEVELS.indexOf(wanted);
