import { TokenError, type DpopProof, type VerifiedToken } from '#libs/trust/token-verification';
import type { CallDeps } from '../deps.js';
import type { ToolCallContext } from '../tool-call-context.js';

/**
 * Whether the caller holds the key that its token is bound to, if it is bound to one (RFC 9449 §7). The
 * proof of it is still to be used up; null where there is none to use up.
 */
export const provePossession = async (
  { confirmationThumbprint: thumbprint }: VerifiedToken,
  ctx: ToolCallContext,
  { proofs }: CallDeps,
): Promise<DpopProof | null> => {
  const { scheme, token, dpopProof, method, url } = ctx.credentials;
  if (thumbprint === null) {
    if (scheme === 'dpop') throw new TokenError('dpop_unbound');
    return null;
  }
  if (scheme !== 'dpop' || dpopProof === null) throw new TokenError('dpop_missing');
  if (ctx.isPossessionProven) return null;
  return proofs.check({ proof: dpopProof, method, url, accessToken: token, thumbprint });
};
