export type { JobName, JobPayload } from './jobs.js';
export { SCHEDULES } from './schedules.js';
export type { QueueLocation } from './queue-backend.js';
export { assertQueueIsReady, migrateQueue } from './migrate-queue.js';
export { JobQueue } from './job-queue.js';
export { writeToOutbox } from './outbox.js';
export { OutboxRelay } from './outbox-relay.js';
export {
  countDeadLetters,
  discardDeadLetter,
  listDeadLetters,
  lockDeadLetter,
  retryDeadLetter,
  type DeadLetter,
} from './dead-letters.js';
export { startJobWorkers, type JobDelivery, type JobHandlers } from './job-worker.js';
