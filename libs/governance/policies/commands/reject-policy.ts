import { personIdOf } from '#libs/platform/kernel';
import { decisionRejection, alreadyDecided } from '../policies.rules.js';
import { changeOfPolicyVersion } from '../policies.repository.js';
import { decidePolicySchema } from '../policies.schemas.js';
import { decideVersion } from '../policies.sql.js';

/** Turns a proposal down, for a reason. */
export class RejectPolicy extends changeOfPolicyVersion({
  name: 'reject-policy',
  action: 'reject',
  changesRights: false,
  emergency: { stays: 'it takes rights away' },
  input: decidePolicySchema,
  rejection(actor, version) {
    return decisionRejection(actor, 'reject', version);
  },
  async run({ tx, actor, now }, { id, note }, version) {
    const { policyId, proposedById, number } = version;
    const decidedById = personIdOf(actor);
    if (!(await decideVersion(tx, 'rejected', { id, decidedById, at: now, note }))) {
      throw alreadyDecided();
    }
    return {
      output: { id },
      subject: { id, name: `${version.policyName} version ${number}` },
      facts: { policyId, kind: version.kind, number, proposedById, rejectedById: decidedById },
      names: { proposer: version.proposer ?? 'the system' },
      reason: note,
    };
  },
}) {}
