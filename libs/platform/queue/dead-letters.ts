import type { Database, Tx } from '#libs/platform/db';

/** A follow-up that the queue has rejected as often as it is tried. */
export interface DeadLetter {
  id: string;
  queue: string;
  name: string;
  attempts: number;
  lastError: string | null;
  createdAt: Date;
  failedAt: Date;
}

const SELECT = {
  id: true,
  queue: true,
  name: true,
  attempts: true,
  lastError: true,
  createdAt: true,
  failedAt: true,
} as const;

const DEAD = { dispatchedAt: null, failedAt: { not: null } } as const;

/** The oldest of them. */
export const listDeadLetters = async (
  db: Pick<Database, 'outbox'>,
  limit: number,
): Promise<DeadLetter[]> => {
  const rows = await db.outbox.findMany({
    where: DEAD,
    select: SELECT,
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.flatMap(toDeadLetter);
};

/** How many there are. */
export const countDeadLetters = (db: Pick<Database, 'outbox'>): Promise<number> =>
  db.outbox.count({ where: DEAD });

/** Loads one and holds its row; null where there is none of this id. */
export const lockDeadLetter = async (tx: Tx, id: string): Promise<DeadLetter | null> => {
  await tx.$queryRaw`SELECT 1 FROM outbox WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.outbox.findFirst({ where: { ...DEAD, id }, select: SELECT });
  return row === null ? null : (toDeadLetter(row)[0] ?? null);
};

/** Lets the relay try it anew, as often as at first. */
export const retryDeadLetter = async (tx: Tx, id: string): Promise<void> => {
  await tx.outbox.update({
    where: { id },
    data: { attempts: 0, nextAttemptAt: null, failedAt: null },
    select: { id: true },
  });
};

/** Removes it: what it was to do is not done. */
export const discardDeadLetter = async (tx: Tx, id: string): Promise<void> => {
  await tx.outbox.delete({ where: { id }, select: { id: true } });
};

const toDeadLetter = ({
  failedAt,
  ...row
}: Omit<DeadLetter, 'failedAt'> & { failedAt: Date | null }): DeadLetter[] =>
  failedAt === null ? [] : [{ ...row, failedAt }];
