export { type JobDefinition, type JobName, type JobPayload } from './jobs.js';
export { SCHEDULES, type Schedule, type ScheduledJobName } from './schedules.js';
export type { QueueLocation } from './queue-backend.js';
export { assertQueueIsReady, migrateQueue } from './migrate-queue.js';
export { JobQueue, type QueuedJob } from './job-queue.js';
export { writeToOutbox } from './outbox.js';
export { OutboxRelay } from './outbox-relay.js';
export {
  startJobWorkers,
  type JobDelivery,
  type JobHandlers,
  type JobWorkerOptions,
  type RunningWorkers,
} from './job-worker.js';
