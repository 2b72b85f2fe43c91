import { readUnconfirmedRoles } from '#libs/engine/actors';
import { raiseAlert } from '#libs/engine/alerts';
import { command } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { roleNames } from '#libs/platform/kernel';
import { z } from 'zod';
import { insertIdentity } from '../linking/identities.js';
import { linkCandidate } from '../linking/link-candidate.js';
import { LINK_ATTRIBUTES } from '../linking/link-rule.js';

const linkIdentitySchema = z.strictObject({
  issuerId: idSchema,
  issuer: z.url().max(500),
  subject: z.string().min(1).max(255),
  attribute: z.enum(LINK_ATTRIBUTES),
  value: z.string().min(1).max(255),
});

/** Somebody whom SCIM provisioned signs in for the first time: (issuer, subject) is theirs from now on. */
export class LinkIdentity extends command({
  name: 'link-identity',
  permission: { action: 'change', subject: 'Person' },
  changesRights: 'people',
  actors: 'system',
  input: linkIdentitySchema,
  // One at a time, so that nobody is linked to two subjects of an issuer.
  locksFirst: 'identityLinks',
  load: ({ tx }, input) => linkCandidate(tx, input),
  async run(ctx, { issuer, subject, attribute, value }, { id, name, connectionId }) {
    const { tx, now, coolingOffHours } = ctx;
    await insertIdentity(tx, { issuer, subject, personId: id, linkedAt: now, linkedBy: 'claim' });
    // Anybody who controls the attribute or the claim could have made it so (invariant I10).
    const unconfirmedRoles = await readUnconfirmedRoles(tx, id, { now, coolingOffHours });
    if (unconfirmedRoles.length > 0)
      await raiseAlert(tx, now, {
        kind: 'privileged_identity_linked',
        subject: { kind: 'person', id },
        message: `${name} signed in for the first time, as ${subject} of ${issuer}. Their role ${roleNames(unconfirmedRoles)} counts once two people confirm that it is them.`,
        by: ctx.actor,
      });
    return {
      output: { personId: id },
      subject: { id, name },
      facts: { attribute, connectionId, unconfirmedRoles },
      changes: { issuer, subject, value },
    };
  },
}) {}
