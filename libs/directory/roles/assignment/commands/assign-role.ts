import { raiseAlert } from '#libs/engine/alerts';
import { command } from '#libs/engine/commands';
import { DomainError, personIdOf, type Actor } from '#libs/platform/kernel';
import { giveRoles, PRIVILEGED_ROLES } from '#libs/directory/people';
import { retireOwnerWhenDone } from '../../setup/owner-retirement.js';
import { roleAssignmentSchema } from '../../roles.schemas.js';
import { lockAssignment, whyNotAssign } from '../role-assignment.js';

/**
 * Gives a person a role: by somebody who holds it, never to themselves. It is in force at once, and approves nothing
 * before its cooling-off period is over; only the first two whom the owner of a fresh installation appoints need no
 * such period, for nobody could approve anything otherwise.
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
  rejection(actor, assignment) {
    return whyNotAssign(actor, assignment);
  },
  async run(
    { tx, now, actor },
    { personId, role, reason },
    { name, isActive, isAssigned, hasHolder: isHeld, hasTwoHolders },
  ) {
    if (!isActive) throw new DomainError('conflict', 'This person is inactive: enable them first.');
    if (isAssigned) throw new DomainError('conflict', `${name} has the role ${role} already.`);
    const assignedById = personIdOf(actor);
    const settledAtOnce = !hasTwoHolders && isOwner(actor);
    await giveRoles(tx, personId, [role], { assignedById, assignedAt: now, settledAtOnce });
    if (PRIVILEGED_ROLES.has(role)) {
      await raiseAlert(tx, now, {
        kind: 'privileged_member',
        subject: { kind: 'person', id: personId },
        message: `${actor.name} gave ${name} the role ${role}.`,
        by: actor,
      });
    }
    const ownerRetired = await retireOwnerWhenDone(tx);
    return {
      output: null,
      subject: { id: personId, name },
      facts: { personId, role, isFirstHolder: !isHeld, settledAtOnce, ownerRetired },
      reason,
    };
  },
}) {}

// The owner is there only until the installation has its people.
const isOwner = (actor: Actor): boolean => actor.kind === 'person' && actor.roles.includes('owner');
