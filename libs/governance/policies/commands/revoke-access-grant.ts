import { changeOfPolicyVersion } from '../policies.repository.js';
import { notAnActiveAccessGrant } from '../policies.rules.js';
import { revokeAccessGrantSchema } from '../policies.schemas.js';
import { archiveVersion } from '../policies.sql.js';

/** Ends an access grant before its time, for a reason. It only takes a right away, so it needs no second person. */
export class RevokeAccessGrant extends changeOfPolicyVersion({
  name: 'revoke-access-grant',
  action: 'revoke',
  changesRights: 'registry',
  emergency: { stays: 'it takes rights away' },
  input: revokeAccessGrantSchema,
  rejection(_actor, version) {
    const isSuch = version.kind === 'access_grant' && version.state === 'active';
    return isSuch ? undefined : notAnActiveAccessGrant(version);
  },
  async run({ tx, now }, { id, reason }, version) {
    const { policyId, policyName, number, requestedById } = version;
    if (version.kind !== 'access_grant' || !(await archiveVersion(tx, id, now))) {
      throw notAnActiveAccessGrant(version);
    }
    return {
      output: { id },
      subject: { id, name: `${policyName} version ${number}` },
      facts: { policyId, number, requestedById },
      reason,
    };
  },
}) {}
