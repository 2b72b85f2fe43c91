import { DomainError, personIdOf } from '#libs/platform/kernel';
import { alertOfRolesTaken, assertStillHeld, indispensableNow } from '#libs/directory/people';
import { endEmergenciesWithoutRole } from '../../emergency/emergency.repository.js';
import { changeOfMapping } from '../group-mappings.repository.js';
import { groupMappingReasonSchema } from '../group-mappings.schemas.js';

/** Takes a role from a group's members, at once. */
export class RemoveGroupMapping extends changeOfMapping({
  name: 'remove-group-mapping',
  action: 'withdraw',
  changesRights: false,
  emergency: { stays: 'it takes rights away' },
  input: groupMappingReasonSchema,
  async run(ctx, { id, reason }, mapping) {
    const { tx, now, actor } = ctx;
    const { groupId, role, state } = mapping;
    if (state === 'removed') throw new DomainError('conflict', 'This mapping is removed already.');
    const held = await indispensableNow(ctx);
    const words = (people: string, roles: string) =>
      `${actor.name} removed the mapping of the group ${mapping.name}, which gave ${people} the role ${roles}.`;
    await alertOfRolesTaken(ctx, { groupId }, words, async () => {
      await tx.groupMapping.update({
        where: { id },
        data: { state: 'removed', decidedById: personIdOf(actor), decidedAt: now },
        select: { id: true },
      });
      await assertStillHeld(ctx, held);
    });
    const emergenciesEnded = await endEmergenciesWithoutRole(ctx);
    return {
      output: { id },
      subject: mapping,
      facts: { groupId, role, emergenciesEnded },
      reason,
    };
  },
}) {}
