import { raiseAlert } from '#libs/engine/alerts';
import type { CommandContext } from '#libs/engine/commands';
import { endSessionsOfIssuer } from '#libs/trust/sign-in';
import { lockIssuer } from './issuers.repository.js';

/**
 * Retires an issuer inside another command's transaction, if it is still trusted, and signs its people out; answers
 * how many sessions that ended. That command must change rights.
 */
export const retireIssuerNow = async (ctx: CommandContext, id: string): Promise<number> => {
  const { tx, now, actor } = ctx;
  const issuer = await lockIssuer(ctx, id);
  if (issuer === null || issuer.retiredAt !== null) return 0;
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
  return sessionsEnded;
};
