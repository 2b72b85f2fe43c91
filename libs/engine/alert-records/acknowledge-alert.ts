import type { Tx } from '#libs/platform/db';

/** Writes down that somebody looked at an alert, and what they found. */
export const markAcknowledged = async (
  tx: Tx,
  id: string,
  { byId, at, note }: { byId: string; at: Date; note: string },
): Promise<void> => {
  await tx.alert.update({
    where: { id },
    data: { acknowledgedById: byId, acknowledgedAt: at, acknowledgedNote: note },
    select: { id: true },
  });
};
