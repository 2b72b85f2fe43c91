import { NestFactory } from '@nestjs/core';
import { CrashedChains } from '#libs/engine/ledger';
import {
  assertQueueIsReady,
  JobQueue,
  OutboxRelay,
  SCHEDULES,
  startJobWorkers,
  type QueueLocation,
} from '#libs/platform/queue';
import { jobHandlers } from './job-handlers.js';
import { repeat } from './repeat.js';
import type { WorkerDeps } from './worker-deps.js';
import { WorkerModule } from './worker.module.js';

const LOOK_FOR_CRASHED_MS = 15_000;
// A process that only lost its connections for a moment must not be taken for dead.
const CRASHED_GRACE_MS = 10_000;
// A flushed queue has its schedules back after as long.
const KEEP_SCHEDULES_MS = 30_000;

export interface RunningWorker {
  /** Takes no more jobs, waits for those in progress, and closes what it opened. */
  close(): Promise<void>;
}

/**
 * Starts the worker: the outbox relay, the jobs and their schedules, and the closing of crashed processes'
 * chains.
 * @throws when the queue's schema was not migrated
 */
export const startWorker = async (deps: WorkerDeps): Promise<RunningWorker> => {
  const { config, db, logger } = deps;
  const location: QueueLocation = { databaseUrl: config.databaseUrl, redisUrl: config.redisUrl };
  await assertQueueIsReady(location);
  const app = await NestFactory.createApplicationContext(WorkerModule.with(deps), {
    logger: false,
    abortOnError: false,
  });
  const jobs = await startJobWorkers({
    location,
    handlers: jobHandlers(app),
    onError: (error, job) => logger.warn({ err: error, job }, 'a job or its queue failed'),
  });
  const queue = new JobQueue(location, (error) =>
    logger.warn({ err: error }, 'the queue cannot be reached'),
  );
  const relay = new OutboxRelay(db, queue, (error) =>
    logger.warn({ err: error }, 'follow-ups could not be moved to the queue; trying again'),
  );
  relay.start();
  const schedules = repeat(
    KEEP_SCHEDULES_MS,
    () => queue.keepSchedules(SCHEDULES),
    (error) => logger.warn({ err: error }, 'schedules could not be put on the queue; trying again'),
  );
  const crashed = new CrashedChains(deps.link);
  const closing = repeat(
    LOOK_FOR_CRASHED_MS,
    () => closeCrashed(crashed, deps),
    (error) => logger.warn({ err: error }, 'chains of crashed processes could not be closed'),
  );
  logger.info('the worker is running');
  return {
    close: async () => {
      // First nothing new, then what is in progress, then the connections.
      await Promise.all([relay.stop(), closing.stop(), schedules.stop()]);
      await jobs.close();
      await queue.close();
      await crashed.stop();
      await app.close();
    },
  };
};

const closeCrashed = async (crashed: CrashedChains, { logger }: WorkerDeps): Promise<void> => {
  const closed = await crashed.close({ graceMs: CRASHED_GRACE_MS });
  if (closed.chains > 0) logger.warn({ closed }, 'closed the chains of a crashed process');
};
