export { Database, isUniqueViolation, transaction, type Tx } from './client.js';
export { isDatabaseUnavailable } from './is-database-unavailable.js';
export { ADVISORY_LOCKS, takeAdvisoryLock, type AdvisoryLock } from './advisory-locks.js';
export { containsText } from './contains-text.js';
export { isDeadlock } from './is-deadlock.js';
export { migrate } from './migrate.js';
export {
  EPOCH_CHANNEL,
  bumpEpoch,
  readEpoch,
  readEpochAndTime,
  readEpochSections,
  type EpochSection,
  type EpochSections,
} from './epoch.js';
export { Notifications } from './notifications.js';
export { assertLedgerIsSafe } from './boot-check.js';
export {
  DEFAULT_DATABASE_ROLES,
  processesByRole,
  type DatabaseRoles,
} from './rights/grant-rights.js';
export { compareRights } from './rights/compare-rights.js';
export { PROCESS_NAMES, rightsOf, type ProcessName } from './rights/process-rights.js';
export { ClockCheck } from './clock-check.js';
export { ClockWatch, clockIsOff } from './clock-watch.js';
export type * from './generated/models.js';
export { Prisma } from './generated/client.js';
