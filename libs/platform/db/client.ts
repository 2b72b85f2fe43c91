import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from './generated/client.js';

const CONNECT_TIMEOUT_MS = 5000;

/** The Prisma client. Only libs/platform/db makes one; features get it injected. */
export class Database extends PrismaClient {
  constructor(url: string, options: { poolSize?: number } = {}) {
    super({
      adapter: new PrismaPg({
        connectionString: url,
        max: options.poolSize ?? 10,
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        // Whatever the role's own setting says by now: a commit that was answered is on disk.
        options: '-c synchronous_commit=on',
      }),
    });
  }
}

/** The client inside a transaction: everything of {@link Database} but opening another one. */
export type Tx = Prisma.TransactionClient;

/**
 * Runs `work` in one transaction: committed when it resolves, rolled back when it throws. Nothing slow
 * belongs inside; after `timeoutMs` (5,000) it is rolled back.
 */
export const transaction = <T>(
  db: Database,
  work: (tx: Tx) => Promise<T>,
  options: { timeoutMs?: number; isolation?: 'RepeatableRead' | 'Serializable' } = {},
): Promise<T> =>
  db.$transaction(work, {
    timeout: options.timeoutMs ?? 5000,
    maxWait: 5000,
    ...(options.isolation ? { isolationLevel: options.isolation } : {}),
  });

/** True when `error` is a unique constraint's rejection. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
