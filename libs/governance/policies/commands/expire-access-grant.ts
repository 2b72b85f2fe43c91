import { DomainError } from '#libs/platform/kernel';
import { z } from 'zod';
import { accessGrantEnd } from '../grants/access-grant-end.js';
import { changeOfPolicyVersion } from '../policies.repository.js';
import { archiveVersion } from '../policies.sql.js';
import { notAnActiveAccessGrant } from '../policies.rules.js';

/** Archives an access grant whose time is over; its rule ended by itself, so nobody's rights change. */
export class ExpireAccessGrant extends changeOfPolicyVersion({
  name: 'expire-access-grant',
  action: 'revoke',
  changesRights: false,
  actors: 'system',
  input: z.strictObject({}),
  async run({ tx, now }, { id }, version) {
    const { kind, policyId, policyName, number } = version;
    if (kind !== 'access_grant') throw notAnActiveAccessGrant(version);
    const expiresAt = await accessGrantEnd(id, version);
    if (expiresAt > now) {
      throw new DomainError(
        'precondition_failed',
        'The access grant is still active. Revoke it, with a reason.',
      );
    }
    if (!(await archiveVersion(tx, id, now))) throw notAnActiveAccessGrant(version);
    return {
      output: { id },
      subject: { id, name: `${policyName} version ${number}` },
      facts: { policyId, number, expiresAt: expiresAt.toISOString() },
    };
  },
}) {}
