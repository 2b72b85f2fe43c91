import { signOutEverywhere } from '../people.lifecycle.js';
import { changeOfPerson } from '../people.repository.js';
import { personReasonSchema } from '../people.schemas.js';

/** Signs a person out everywhere: sessions, tokens about them and delegations; they may sign in anew. */
export class RevokePersonAccess extends changeOfPerson({
  name: 'revoke-person-access',
  action: 'revoke',
  changesRights: 'people',
  emergency: { stays: 'it takes rights away' },
  input: personReasonSchema,
  async run(ctx, { id, reason }, person) {
    await signOutEverywhere(ctx, id);
    return { output: { id }, subject: person, facts: {}, reason };
  },
}) {}
