import { notePrivilegedMembers } from '../../privileged-members.js';
import { retireOwnerWhenDone } from '../../setup/owner-retirement.js';
import { decideMapping, changeOfMapping, whyNotDecide } from '../group-mappings.repository.js';
import { groupMappingReasonSchema } from '../group-mappings.schemas.js';

/** Gives a role to a group's members: by a holder, past the cooling-off period, who did not propose it. */
export class ApproveGroupMapping extends changeOfMapping({
  name: 'approve-group-mapping',
  action: 'approve',
  changesRights: false,
  input: groupMappingReasonSchema,
  rejection(actor, mapping) {
    return whyNotDecide(actor, mapping);
  },
  async run(ctx, { id, reason }, mapping) {
    const { tx, now, actor } = ctx;
    // The system is not asked by libs/platform/access.
    if (mapping.state !== 'proposed') throw whyNotDecide(actor, mapping);
    await decideMapping(tx, id, { state: 'active', by: actor, now });
    const { groupId, role, proposedById } = mapping;
    const members = await tx.groupMember.findMany({
      where: { groupId },
      orderBy: { personId: 'asc' },
    });
    const personIds = members.map(({ personId }) => personId);
    const { privilegedMembers } = await notePrivilegedMembers(ctx, groupId, personIds);
    const ownerRetired = await retireOwnerWhenDone(tx);
    return {
      output: { id },
      subject: mapping,
      facts: { groupId, role, proposedById, privilegedMembers, ownerRetired },
      reason,
    };
  },
}) {}
