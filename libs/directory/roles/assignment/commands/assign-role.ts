import { raiseAlert } from '#libs/engine/alerts';
import { command } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { DomainError, personIdOf, roleNames, type Actor, type Role } from '#libs/platform/kernel';
import { PRIVILEGED_ROLES } from '#libs/engine/actors';
import { confirmIdentities } from '#libs/trust/sign-in';
import { giveRoles } from '#libs/directory/people';
import { retireOwnerWhenDone } from '../../setup/owner-retirement.js';
import { roleAssignmentSchema } from '../../roles.schemas.js';
import { lockAssignment, whyNotAssign, type LoadedAssignment } from '../role-assignment.js';

/**
 * Gives a person a role: by somebody who holds it, never to themselves. It is in force at once, and approves
 * nothing before its cooling-off period is over. A role by which one decides about others takes a second
 * person besides. Only the first two whom the owner of a fresh installation appoints need neither, for nobody
 * could approve anything otherwise.
 */
export class AssignRole extends command({
  name: 'assign-role',
  permission: { action: 'assign', subject: 'RoleAssignment' },
  // The console asks for roles on every request; no agent's call depends on them.
  changesRights: false,
  creates: true,
  locksFirst: 'roleHolders',
  input: roleAssignmentSchema,
  subjectId: ({ personId }) => personId,
  load: ({ tx }, input) => lockAssignment(tx, input),
  secondPerson: {
    when: 'the role is it, security or emergency, except the first two holders of each, whom the owner of a fresh installation appoints',
    // How many others have the role may change until then: the right to give it is asked anew.
    basedOn: ({ isActive, isAssigned }) => ({ isActive, isAssigned }),
    ask({ actor }, { personId, role }, assignment) {
      if (!PRIVILEGED_ROLES.has(role) || isAppointment(actor, assignment)) return null;
      return {
        explanation: `${assignment.name} would have the role ${roleNames([role])}, by which one decides about others.`,
        roles: ['it', 'security'],
        concerns: [personId],
      };
    },
  },
  rejection(actor, assignment) {
    return whyNotAssign(actor, assignment);
  },
  async run({ tx, now, actor }, { personId, role, reason }, assignment) {
    const { name, isActive, isAssigned, hasHolder: isHeld } = assignment;
    if (!isActive) throw new DomainError('conflict', 'This person is inactive: enable them first.');
    if (isAssigned)
      throw new DomainError('conflict', `${name} has the role ${roleNames([role])} already.`);
    const assignedById = personIdOf(actor);
    const settledAtOnce = isAppointment(actor, assignment);
    const before = await assignedRoles(tx, personId);
    await giveRoles(tx, personId, [role], { assignedById, assignedAt: now, settledAtOnce });
    if (PRIVILEGED_ROLES.has(role)) {
      // Anybody who agrees to the role agrees to who has it.
      await confirmIdentities(tx, personId, now);
      await raiseAlert(tx, now, {
        kind: 'privileged_member',
        subject: { kind: 'person', id: personId },
        message: `${actor.name} gave ${name} the role ${roleNames([role])}.`,
        by: actor,
      });
    }
    const ownerRetired = await retireOwnerWhenDone(tx);
    return {
      output: null,
      subject: { id: personId, name },
      facts: { personId, role, isFirstHolder: !isHeld, settledAtOnce, ownerRetired },
      changes: {
        before: { roles: before },
        after: { roles: [...before, role] },
        signsInAs: await identitiesOf(tx, personId),
      },
      reason,
    };
  },
}) {}

// The owner is there only until the installation has its people.
const isAppointment = (actor: Actor, { hasTwoHolders }: LoadedAssignment): boolean =>
  !hasTwoHolders && actor.kind === 'person' && actor.roles.includes('owner');

const identitiesOf = async (tx: Tx, personId: string): Promise<string[]> => {
  const rows = await tx.personIdentity.findMany({ where: { personId } });
  return rows.map(({ issuer, subject }) => `${subject} of ${issuer}`);
};

const assignedRoles = async (tx: Tx, personId: string): Promise<Role[]> => {
  const rows = await tx.personRole.findMany({ where: { personId }, orderBy: { role: 'asc' } });
  return rows.map(({ role }) => role);
};
