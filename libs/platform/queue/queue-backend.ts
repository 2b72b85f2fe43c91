import {
  createPostgresBackend,
  createRedisBackend,
  Queue,
  Worker,
  type Job,
  type JobSchedulerJson,
  type JobSchedulerTemplateOptions,
  type JobsOptions,
  type Processor,
  type WorkerOptions,
} from 'bullmq';

/** As much of BullMQ's Queue as we use, whichever the backend. */
export interface OpenQueue {
  addBulk(jobs: { name: string; data: unknown; opts: JobsOptions }[]): Promise<unknown>;
  upsertJobScheduler(
    id: string,
    repeat: { every: number },
    job: { name: string; data: unknown; opts: JobSchedulerTemplateOptions },
  ): Promise<unknown>;
  getJobScheduler(id: string): Promise<JobSchedulerJson | undefined>;
  getJob(id: string): Promise<Pick<Job, 'finishedOn'> | undefined>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** As much of BullMQ's Worker as we use, whichever the backend. */
export interface OpenWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: Job | undefined, error: Error) => void): unknown;
  close(): Promise<void>;
}

/** Where the queue lives: on PostgreSQL, or on Redis or Valkey when `redisUrl` is given. */
export interface QueueLocation {
  databaseUrl: string;
  redisUrl: string | null;
}

// The one prefix or schema of ours, whichever the backend.
export const QUEUE_SCHEMA = 'bullmq';
const REDIS_PREFIX = 'gatehouse';

// Queues of one process share no pool with the hot path; a handful of connections is plenty.
const postgresConnection = (databaseUrl: string) => ({
  connectionString: databaseUrl,
  schema: QUEUE_SCHEMA,
  max: 4,
});

const redisConnection = (url: string) => ({ url, maxRetriesPerRequest: null });

export const openQueue = (name: string, { databaseUrl, redisUrl }: QueueLocation): OpenQueue =>
  redisUrl === null
    ? new Queue(name, { connection: postgresConnection(databaseUrl) }, createPostgresBackend)
    : new Queue(
        name,
        { connection: redisConnection(redisUrl), prefix: REDIS_PREFIX },
        createRedisBackend,
      );

export const openWorker = (
  name: string,
  process: Processor,
  { databaseUrl, redisUrl }: QueueLocation,
  options: Omit<WorkerOptions, 'connection' | 'prefix'>,
): OpenWorker =>
  redisUrl === null
    ? new Worker(
        name,
        process,
        { ...options, connection: postgresConnection(databaseUrl) },
        createPostgresBackend,
      )
    : new Worker(
        name,
        process,
        { ...options, connection: redisConnection(redisUrl), prefix: REDIS_PREFIX },
        createRedisBackend,
      );
