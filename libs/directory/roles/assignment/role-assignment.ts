import type { Tx } from '#libs/platform/db';
import { DomainError, roleNames, type Actor, type Role } from '#libs/platform/kernel';
import { hasHolder, lockPerson } from '#libs/directory/people';

/** That a person has a role, or would have it, as commands need it. */
export interface LoadedAssignment {
  personId: string;
  role: Role;
  /** Whether anybody active has the role, and whether two people have it. */
  hasHolder: boolean;
  hasTwoHolders: boolean;
  name: string;
  isActive: boolean;
  /** Whether it is assigned to them; a group may give it to them besides. */
  isAssigned: boolean;
}

/** Loads the assignment; its commands hold who has which role (`locksFirst`). */
export const lockAssignment = async (
  tx: Tx,
  { personId, role }: { personId: string; role: Role },
): Promise<LoadedAssignment | null> => {
  const person = await lockPerson(tx, personId);
  if (person === null) return null;
  const where = { personId_role: { personId, role } };
  return {
    personId,
    role,
    hasHolder: await hasHolder(tx, role),
    hasTwoHolders: await hasHolder(tx, role, 2),
    name: person.name,
    isActive: person.disabledAt === null,
    isAssigned: (await tx.personRole.findUnique({ where })) !== null,
  };
};

const forbidden = (message: string): DomainError => new DomainError('forbidden', message);

/** Why this actor may not give this role to this person. */
export const whyNotAssign = (actor: Actor, assignment: LoadedAssignment): DomainError => {
  const { personId, role } = assignment;
  if (personId === actor.id) {
    return forbidden('Nobody gives themselves a role: ask somebody who holds it.');
  }
  if (actor.kind === 'person' && actor.coolingOffRoles?.includes(role) === true) {
    return forbidden(
      `You cannot give the role ${roleNames([role])} yet: yours is in its cooling-off period, or you have it for an emergency only. Ask another holder.`,
    );
  }
  return forbidden(
    assignment.hasHolder
      ? `The role ${roleNames([role])} is given by somebody who holds it: ask one of them.`
      : `Nobody holds the role ${roleNames([role])}: security gives it to the first, or the installation's owner.`,
  );
};
