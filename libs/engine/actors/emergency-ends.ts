import type { Tx } from '#libs/platform/db';

/** What was done by emergency access alone and is neither kept nor undone, as its rows say it. */
export const ENDS_WITH_EMERGENCY = { keptAt: null, undoneAt: null } as const;

/**
 * When each thing that was done by emergency access alone ends, by the id of what it is about, as long as it
 * is neither kept nor undone. Of several the first.
 */
export const readEmergencyEnds = async (tx: Tx): Promise<ReadonlyMap<string, Date>> => {
  const rows = await tx.emergencyChange.findMany({
    where: ENDS_WITH_EMERGENCY,
    select: { subjectId: true, emergency: { select: { expiresAt: true, endedAt: true } } },
  });
  const ends = new Map<string, Date>();
  for (const { subjectId, emergency } of rows) {
    const { expiresAt, endedAt } = emergency;
    const endedOrExpires = endedAt !== null && endedAt < expiresAt ? endedAt : expiresAt;
    const known = ends.get(subjectId);
    if (known === undefined || endedOrExpires < known) ends.set(subjectId, endedOrExpires);
  }
  return ends;
};
