import { unlinkUnconfirmed } from '#libs/trust/sign-in';
import { signOutEverywhere } from '../people.lifecycle.js';
import { changeOfPerson } from '../people.repository.js';
import { identityDecisionSchema } from '../people.schemas.js';
import { nothingWaits } from './confirm-identity.js';

/** Says that a first sign-in was not the person's: it is unlinked, and signed out everywhere. */
export class RejectIdentity extends changeOfPerson({
  name: 'reject-identity',
  action: 'reject',
  changesRights: 'people',
  input: identityDecisionSchema,
  emergency: { stays: 'it takes rights away' },
  async run(ctx, { id, issuer, subject, reason }, person) {
    if (!(await unlinkUnconfirmed(ctx.tx, id, { issuer, subject }))) throw nothingWaits();
    await signOutEverywhere(ctx, id);
    return { output: { id }, subject: person, facts: {}, changes: { issuer, subject }, reason };
  },
}) {}
