import { assertTrusted, changeOfIssuer } from '../issuers.repository.js';
import { retireIssuerSchema } from '../issuers.schemas.js';
import { retireIssuerNow } from '../retire-issuer-now.js';

/** Stops trusting an issuer: none of its tokens is accepted any more, and people who signed in there are signed out. */
export class RetireIssuer extends changeOfIssuer({
  name: 'retire-issuer',
  action: 'retire',
  changesRights: true,
  emergency: { stays: 'it takes rights away' },
  input: retireIssuerSchema,
  async run(ctx, { id, reason }, issuer) {
    assertTrusted(issuer);
    const sessionsEnded = await retireIssuerNow(ctx, id);
    return {
      output: { id },
      subject: { id, name: issuer.name },
      facts: { sessionsEnded },
      reason,
    };
  },
}) {}
