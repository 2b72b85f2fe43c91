import { raiseAlert } from '#libs/engine/alerts';
import { endSessionsOfIssuer } from '#libs/trust/sign-in';
import { assertTrusted, changeOfIssuer } from '../issuers.repository.js';
import { retireIssuerSchema } from '../issuers.schemas.js';

/** Stops trusting an issuer: none of its tokens is accepted any more, and people who signed in there are signed out. */
export class RetireIssuer extends changeOfIssuer({
  name: 'retire-issuer',
  action: 'retire',
  changesRights: true,
  input: retireIssuerSchema,
  async run({ tx, now, actor }, { id, reason }, issuer) {
    assertTrusted(issuer);
    await tx.issuer.update({
      where: { id },
      data: { retiredAt: now, updatedAt: now },
      select: { id: true },
    });
    const sessionsEnded = await endSessionsOfIssuer(tx, issuer.url);
    await raiseAlert(tx, now, {
      kind: 'issuer_changed',
      subject: { kind: 'issuer', id },
      message: `${actor.name} retired the issuer ${issuer.name}: its tokens are no longer accepted.`,
      by: actor,
    });
    return {
      output: { id },
      subject: { id, name: issuer.name },
      facts: { sessionsEnded },
      reason,
    };
  },
}) {}
