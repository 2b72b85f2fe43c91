import { changeOf } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';

/** Emergency access as commands need it; the name is the person's. */
export interface LoadedEmergency {
  id: string;
  personId: string;
  name: string;
  startedAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
}

/** Loads one emergency access and holds its row. */
export const lockEmergency = async (tx: Tx, id: string): Promise<LoadedEmergency | null> => {
  await tx.$queryRaw`SELECT 1 FROM emergency_access WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.emergencyAccess.findUnique({
    where: { id },
    include: { person: { select: { name: true } } },
  });
  return row === null ? null : { ...row, name: row.person.name };
};

/** Ends the emergency access that a person has open; answers how many there were (at most one). */
export const closeEmergencyOf = async (tx: Tx, personId: string, now: Date): Promise<number> => {
  const { count } = await tx.emergencyAccess.updateMany({
    where: { personId, endedAt: null },
    data: { endedAt: now },
  });
  return count;
};

/** Ends emergency access of people who no longer have the role `emergency`; answers how many. */
export const endEmergenciesWithoutRole = async (tx: Tx, now: Date): Promise<number> => {
  const { count } = await tx.emergencyAccess.updateMany({
    where: {
      endedAt: null,
      person: {
        roles: { none: { role: 'emergency' } },
        groups: {
          none: { group: { mappings: { some: { role: 'emergency', state: 'active' } } } },
        },
      },
    },
    data: { endedAt: now },
  });
  return count;
};

/** A change of one emergency access: its row is held while it is made. */
export const changeOfEmergency = changeOf(
  'EmergencyAccess',
  ({ tx }, id) => lockEmergency(tx, id),
  { locksFirst: 'roleHolders' },
);
