import { decideMapping, changeOfMapping, whyNotDecide } from '../group-mappings.repository.js';
import { groupMappingReasonSchema } from '../group-mappings.schemas.js';

/** Rejects a proposed mapping: by a holder, past the cooling-off period, who did not propose it. */
export class RejectGroupMapping extends changeOfMapping({
  name: 'reject-group-mapping',
  action: 'reject',
  changesRights: false,
  input: groupMappingReasonSchema,
  rejection(actor, mapping) {
    return whyNotDecide(actor, mapping);
  },
  async run({ tx, now, actor }, { id, reason }, mapping) {
    // The system is not asked by libs/platform/access.
    if (mapping.state !== 'proposed') throw whyNotDecide(actor, mapping);
    await decideMapping(tx, id, { state: 'rejected', by: actor, now });
    const { groupId, role, proposedById } = mapping;
    return {
      output: { id },
      subject: mapping,
      facts: { groupId, role, proposedById },
      reason,
    };
  },
}) {}
