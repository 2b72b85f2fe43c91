import { DomainError, roleNames } from '#libs/platform/kernel';
import { confirmIdentities } from '#libs/trust/sign-in';
import { changeOfPerson } from '../people.repository.js';
import { identityDecisionSchema } from '../people.schemas.js';
import { IDENTITY_CONFIRMERS, privilegedRolesOf } from '../privileged-roles.js';

/**
 * Says that somebody whom a claim linked at their first sign-in is who they should be: their privileged roles
 * count from then on, and cool off. Always by two people, for anybody who runs the IdP or holds a
 * provisioning token could have made the link (invariant I10).
 */
export class ConfirmIdentity extends changeOfPerson({
  name: 'confirm-identity',
  action: 'confirm',
  changesRights: false,
  input: identityDecisionSchema,
  secondPerson: {
    when: 'a claim linked the person at their first sign-in',
    always: true,
    async ask(ctx, { id, issuer, subject }, { name }) {
      const roles = await privilegedRolesOf(ctx, id);
      const role = roles.length === 0 ? 'a privileged role' : `the role ${roleNames(roles)}`;
      return {
        explanation: `Anybody who signs in as ${subject} of ${issuer} could act with ${role} of ${name}.`,
        roles: IDENTITY_CONFIRMERS,
        concerns: [id],
      };
    },
  },
  async run({ tx, now }, { id, issuer, subject, reason }, person) {
    if ((await confirmIdentities(tx, id, now, { issuer, subject })) === 0) throw nothingWaits();
    return {
      output: { id },
      subject: person,
      facts: {},
      changes: { issuer, subject, before: { isConfirmed: false }, after: { isConfirmed: true } },
      reason,
    };
  },
}) {}

/** There is no such link. */
export const nothingWaits = (): DomainError =>
  new DomainError('conflict', 'No such sign-in of this person waits to be confirmed.');
