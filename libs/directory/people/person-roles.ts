import type { Tx } from '#libs/platform/db';
import type { Role } from '#libs/platform/kernel';

/** Gives a person roles inside the caller's transaction; `assignedById` is null where nobody did. */
export const giveRoles = async (
  tx: Tx,
  personId: string,
  roles: readonly Role[],
  given: { assignedById: string | null; assignedAt: Date; settledAtOnce?: boolean },
): Promise<void> => {
  await tx.personRole.createMany({
    data: roles.map((role) => ({ personId, role, ...given })),
  });
};

/** Takes a role from one person, or from everybody; answers from how many. */
export const takeRole = async (
  tx: Tx,
  { role, personId }: { role: Role; personId?: string },
): Promise<number> => {
  const where = { role, ...(personId === undefined ? {} : { personId }) };
  const { count } = await tx.personRole.deleteMany({ where });
  return count;
};
