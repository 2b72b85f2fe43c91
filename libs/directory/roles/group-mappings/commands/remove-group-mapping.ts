import { DomainError } from '#libs/platform/kernel';
import { assertStillHeld, indispensableNow } from '#libs/directory/people';
import { endEmergenciesWithoutRole } from '../../emergency/emergency.repository.js';
import { decideMapping, changeOfMapping } from '../group-mappings.repository.js';
import { groupMappingReasonSchema } from '../group-mappings.schemas.js';

/** Takes a role from a group's members, at once, or a proposal back. */
export class RemoveGroupMapping extends changeOfMapping({
  name: 'remove-group-mapping',
  action: 'withdraw',
  changesRights: false,
  input: groupMappingReasonSchema,
  async run({ tx, now, actor }, { id, reason }, mapping) {
    const { groupId, role, state } = mapping;
    if (state !== 'proposed' && state !== 'active') {
      throw new DomainError('conflict', `This mapping is ${state}: there is nothing to remove.`);
    }
    const held = await indispensableNow(tx);
    await decideMapping(tx, id, { state: 'removed', by: actor, now });
    await assertStillHeld(tx, held);
    const emergenciesEnded = await endEmergenciesWithoutRole(tx, now);
    return {
      output: { id },
      subject: mapping,
      facts: { groupId, role, from: state, emergenciesEnded },
      reason,
    };
  },
}) {}
