import { changeOf, type CommandContext } from '#libs/engine/commands';
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

type Which = NonNullable<Parameters<Tx['emergencyAccess']['findMany']>[0]>['where'];

// It never counted for longer than it said. What was done by it ends in the same transaction.
const end = async ({ tx, now, endAccess }: CommandContext, which: Which): Promise<number> => {
  const open = await tx.emergencyAccess.findMany({
    where: { ...which, endedAt: null },
    select: { id: true, expiresAt: true },
  });
  for (const { id, expiresAt } of open) {
    const endedAt = now < expiresAt ? now : expiresAt;
    await tx.emergencyAccess.update({ where: { id }, data: { endedAt }, select: { id: true } });
    await endAccess({ kind: 'emergency', id, reason: 'ended' });
  }
  return open.length;
};

/** Ends one emergency access, if it is open. */
export const endEmergency = (ctx: CommandContext, id: string): Promise<number> => end(ctx, { id });

/** Ends the emergency access that a person has open; answers how many there were (at most one). */
export const closeEmergencyOf = (ctx: CommandContext, personId: string): Promise<number> =>
  end(ctx, { personId });

/** Those of people who no longer have the role `emergency`. */
export const WITHOUT_ROLE = {
  person: {
    roles: { none: { role: 'emergency' } },
    groups: { none: { group: { mappings: { some: { role: 'emergency', state: 'active' } } } } },
  },
} as const satisfies Which;

/** Ends emergency access of people who no longer have the role `emergency`; answers how many. */
export const endEmergenciesWithoutRole = (ctx: CommandContext): Promise<number> =>
  end(ctx, WITHOUT_ROLE);

/** A change of one emergency access: its row is held while it is made. */
export const changeOfEmergency = changeOf(
  'EmergencyAccess',
  ({ tx }, id) => lockEmergency(tx, id),
  { locksFirst: 'roleHolders' },
);
