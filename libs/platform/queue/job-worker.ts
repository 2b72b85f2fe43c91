import { UnrecoverableError, type Job } from 'bullmq';
import { withSpan } from '#libs/platform/telemetry';
import { isJobName, JOBS, type JobName, type JobPayload } from './jobs.js';
import { assertQueueIsReady } from './migrate-queue.js';
import { openWorker, type QueueLocation } from './queue-backend.js';

/** One delivery of a job: `lastAttempt` says that nobody will try again after this one. */
export interface JobDelivery<N extends JobName> {
  payload: JobPayload<N>;
  attempt: number;
  lastAttempt: boolean;
}

/** What does each job; every handler must bear being called twice for the same job. */
export type JobHandlers = { [N in JobName]: (delivery: JobDelivery<N>) => Promise<void> };

/** What {@link startJobWorkers} needs. */
export interface JobWorkerOptions {
  location: QueueLocation;
  handlers: JobHandlers;
  onError: (error: Error, job?: { id: string; name: string; attempt: number }) => void;
  concurrency?: number;
}

export interface RunningWorkers {
  /** Takes no more jobs and waits for those in progress. */
  close(): Promise<void>;
}

/** Starts a worker for each queue, rejecting a queue that was never migrated. */
export const startJobWorkers = async (options: JobWorkerOptions): Promise<RunningWorkers> => {
  await assertQueueIsReady(options.location);
  const names = new Set(Object.values(JOBS).map((job) => job.queue));
  const workers = [...names].map((name) => startOne(name, options));
  return {
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
};

const startOne = (
  queue: string,
  { location, handlers, onError, concurrency }: JobWorkerOptions,
) => {
  const worker = openWorker(queue, (job) => runJob(job, handlers), location, {
    concurrency: concurrency ?? 4,
    runRetryDelay: 5000,
    // What a killed worker held is taken up again within some fifteen seconds, and not only once.
    lockDuration: 10_000,
    stalledInterval: 5000,
    maxStalledCount: 5,
  });
  worker.on('error', (error) => onError(error));
  worker.on('failed', (job, error) =>
    onError(error, job && { id: job.id ?? 'unknown', name: job.name, attempt: job.attemptsMade }),
  );
  return worker;
};

const runJob = (job: Job, handlers: JobHandlers): Promise<void> => {
  const { name } = job;
  if (!isJobName(name)) throw new UnrecoverableError(`no job is named ${name}`);
  return withSpan(`job ${name}`, { 'job.name': name, 'job.id': job.id ?? '' }, () =>
    deliver(name, job, handlers),
  );
};

const deliver = async (name: JobName, job: Job, handlers: JobHandlers): Promise<void> => {
  const payload = JOBS[name].payload.safeParse(job.data);
  if (!payload.success) throw new UnrecoverableError(`the payload of ${name} is malformed`);
  const attempt = job.attemptsMade + 1;
  const lastAttempt = attempt >= (job.opts.attempts ?? 1);
  // The handler of this very name takes what this name's schema has parsed.
  const handle: (delivery: JobDelivery<JobName>) => Promise<void> = handlers[name];
  await handle({ payload: payload.data, attempt, lastAttempt });
};
