import type { Database, Tx } from './client.js';

/** The advisory lock that guards the epoch row; libs/ledger's SQL takes it shared under this number. */
export const EPOCH_LOCK = 4_711_001;

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
 * Moves the epoch inside the caller's transaction: whatever was judged under an older one is judged
 * again before it can be recorded. Without a section both count as changed. Waits for group commits under
 * way; call it late.
 */
export const bumpEpoch = async (tx: Tx, section?: EpochSection): Promise<bigint> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${EPOCH_LOCK})`;
  const [row] = await tx.$queryRaw<{ value: bigint }[]>`
    UPDATE epoch SET value = value + 1,
      people = CASE WHEN ${section !== 'registry'} THEN value + 1 ELSE people END,
      registry = CASE WHEN ${section !== 'people'} THEN value + 1 ELSE registry END
    WHERE id = 1 RETURNING value`;
  if (row === undefined) throw new Error('the epoch row is missing');
  await tx.$executeRaw`SELECT pg_notify(${EPOCH_CHANNEL}, ${String(row.value)})`;
  return row.value;
};

/** The epoch as committed now. */
export const readEpoch = async (db: Database | Tx): Promise<bigint> => {
  const row = await db.epoch.findUniqueOrThrow({ where: { id: 1 } });
  return row.value;
};

/** The epoch as committed now, with its sections. */
export const readEpochSections = (db: Database | Tx): Promise<EpochSections> =>
  db.epoch.findUniqueOrThrow({
    where: { id: 1 },
    select: { value: true, people: true, registry: true },
  });
