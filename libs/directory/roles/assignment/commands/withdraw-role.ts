import { command } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { DomainError, roleNames } from '#libs/platform/kernel';
import {
  alertOfRolesTaken,
  assertStillHeld,
  indispensableNow,
  takeRole,
} from '#libs/directory/people';
import type { z } from 'zod';
import { assertOwnerMayGo } from '../../setup/owner-retirement.js';
import { roleWithdrawalSchema } from '../../roles.schemas.js';
import { closeEmergencyOf } from '../../emergency/emergency.repository.js';
import { lockAssignment } from '../role-assignment.js';

type Input = z.infer<typeof roleWithdrawalSchema>;

/** Takes an assigned role back, at once; the last holder of an indispensable one keeps it. */
export class WithdrawRole extends command({
  name: 'withdraw-role',
  permission: { action: 'withdraw', subject: 'RoleAssignment' },
  // As in assign-role.
  changesRights: false,
  emergency: { stays: 'it takes rights away' },
  creates: true,
  locksFirst: 'roleHolders',
  input: roleWithdrawalSchema,
  subjectId: ({ personId }) => personId,
  load: ({ tx }, input) => lockAssignment(tx, input),
  rejection(_, { role }) {
    return new DomainError(
      'forbidden',
      `IT or security takes the role ${roleNames([role])} back: ask them.`,
    );
  },
  async run(ctx, { personId, role, reason }, { name, isAssigned }) {
    const { tx } = ctx;
    if (!isAssigned) throw await notAssigned(tx, personId, role);
    if (role === 'owner') await assertOwnerMayGo(tx);
    const held = await indispensableNow(ctx);
    const words = (people: string, roles: string) =>
      `${ctx.actor.name} withdrew the role ${roles} from ${people}.`;
    await alertOfRolesTaken(ctx, { personIds: [personId] }, words, async () => {
      await takeRole(tx, { role, personId });
      await assertStillHeld(ctx, held);
    });
    const emergenciesEnded = role === 'emergency' ? await closeEmergencyOf(ctx, personId) : 0;
    return {
      output: null,
      subject: { id: personId, name },
      facts: { personId, role, emergenciesEnded },
      reason,
    };
  },
}) {}

const notAssigned = async (tx: Tx, personId: string, role: Input['role']): Promise<DomainError> => {
  const membership = await tx.groupMember.findFirst({
    where: { personId, group: { mappings: { some: { role, state: 'active' } } } },
    select: { group: { select: { displayName: true } } },
  });
  return new DomainError(
    'conflict',
    membership === null
      ? `This person does not have the role ${roleNames([role])}.`
      : `They have the role ${roleNames([role])} by the group ${membership.group.displayName}: take them out of it at your IdP, or remove its mapping.`,
  );
};
