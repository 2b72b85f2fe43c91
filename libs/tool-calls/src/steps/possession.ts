import { TokenRefusal, type VerifiedToken } from '#libs/identity';
import type { CallDeps } from '../deps.js';
import type { Exchange } from '../exchange.js';

/** Whether the caller holds the key that its token is bound to, if it is bound to one (RFC 9449 §7). */
export const assertPossession = async (
  { confirmationThumbprint: thumbprint }: VerifiedToken,
  exchange: Exchange,
  { proofs }: CallDeps,
): Promise<void> => {
  const { scheme, token, dpopProof, method, url } = exchange.credentials;
  if (thumbprint === null) {
    if (scheme === 'dpop') throw new TokenRefusal('dpop_unbound');
    return;
  }
  if (scheme !== 'dpop' || dpopProof === null) throw new TokenRefusal('dpop_missing');
  if (exchange.isPossessionProven) return;
  await proofs.verify({ proof: dpopProof, method, url, accessToken: token, thumbprint });
  exchange.isPossessionProven = true;
};
