import type { Database, Tx } from './client.js';

/** The channel on which a moved epoch is announced; a hint only, the poll is the truth. */
export const EPOCH_CHANNEL = 'gatehouse_epoch';

/** The parts of a snapshot that change apart from each other: who people are, and everything else. */
export type EpochSection = 'people' | 'registry';

/** The epoch, and at which one each section last changed. */
export interface EpochSections {
  value: bigint;
  people: bigint;
  registry: bigint;
}

/**
 * Moves the epoch inside the caller's transaction: whatever was evaluated under an older one is evaluated
 * again before it can be recorded. Without a section both count as changed. Waits for group commits in
 * progress; call it late.
 */
export const bumpEpoch = async (tx: Tx, section?: EpochSection): Promise<bigint> => {
  const [row] = await tx.$queryRaw<{ value: bigint | null }[]>`
    SELECT epoch_move(${section !== 'registry'}, ${section !== 'people'}) AS value`;
  if (typeof row?.value !== 'bigint') throw new Error('the epoch row is missing');
  return row.value;
};

/** The epoch as committed now. */
export const readEpoch = async (db: Database | Tx): Promise<bigint> => {
  const row = await db.epoch.findUniqueOrThrow({ where: { id: 1 } });
  return row.value;
};

/** The epoch as committed now, and the database's time. */
export const readEpochAndTime = async (db: Database): Promise<{ value: bigint; now: Date }> => {
  const [row] = await db.$queryRaw<{ value: bigint; now: Date }[]>`
    SELECT value, clock_timestamp() AS now FROM epoch WHERE id = 1`;
  if (row === undefined) throw new Error('the epoch row is missing');
  return row;
};

/** The epoch as committed now, with its sections. */
export const readEpochSections = (db: Database | Tx): Promise<EpochSections> =>
  db.epoch.findUniqueOrThrow({
    where: { id: 1 },
    select: { value: true, people: true, registry: true },
  });
