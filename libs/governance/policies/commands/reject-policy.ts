import { personIdOf } from '#libs/platform/kernel';
import { alreadyDecided, whyNotDecide } from '../policies.rules.js';
import { changeOfPolicyVersion } from '../policies.repository.js';
import { decidePolicySchema } from '../policies.schemas.js';
import { rejectVersion } from '../policies.sql.js';

/** Turns a version down, for a reason, and with it the proposed change that would publish it. */
export class RejectPolicy extends changeOfPolicyVersion({
  name: 'reject-policy',
  action: 'reject',
  changesRights: false,
  emergency: { stays: 'it takes rights away' },
  input: decidePolicySchema,
  rejection(_actor, version) {
    return whyNotDecide(version);
  },
  async run({ tx, actor, now }, { id, note }, version) {
    const { policyId, proposedById, number } = version;
    const decidedById = personIdOf(actor);
    if (!(await rejectVersion(tx, { id, decidedById, at: now, note }))) throw alreadyDecided();
    return {
      output: { id },
      subject: { id, name: `${version.policyName} version ${number}` },
      facts: { policyId, kind: version.kind, number, proposedById, rejectedById: decidedById },
      reason: note,
    };
  },
}) {}
