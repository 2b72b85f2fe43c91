import { systemActor } from '#libs/platform/kernel';
import type { DerivedFrom } from '#libs/trust/token-verification';
import { MAX_TOKEN_SECONDS } from '../keys/key-times.js';
import type { IssuedToken } from '../commands/issue-token.js';
import type { TokenDeps } from './token-deps.js';
import { tokenDigest } from '../token-digest.js';
import type { Bound, TokenRequest } from './token-request.js';

const ACTOR = systemActor('token-endpoint');

/** Has the token issued: the command looks at everybody concerned once more, and writes it down. */
export const issue = async (request: TokenRequest, deps: TokenDeps): Promise<IssuedToken> => {
  const { caller, subject, bounds, grant, scope, thumbprint, now } = request;
  await deps.signingKeys.ensure(now);
  const ends = bounds.map(({ expiresAt }) => expiresAt.getTime());
  return deps.issueToken.execute(ACTOR, {
    agentId: caller.agentId,
    bindingId: caller.bindingId,
    agentProvenAt: caller.provenAt?.toISOString() ?? null,
    grant,
    authenticationMethod: caller.authenticationMethod,
    subject: subject && {
      ...subject,
      actors: [...subject.actors],
      actedBefore: [...subject.actedBefore],
      provenAt: subject.provenAt?.toISOString() ?? null,
    },
    scope,
    thumbprint,
    expiresAt: new Date(Math.min(now.getTime() + MAX_TOKEN_SECONDS * 1000, ...ends)).toISOString(),
    issuerIds: bounds.flatMap(({ issuerId }) => (issuerId === null ? [] : [issuerId])),
    tokens: bounds.flatMap(({ token }) => (token === null ? [] : [token])),
    derivedFrom: derivedFrom(bounds),
  });
};

// Everything that was shown, and whatever that was got by: one of them revoked, the new token is, too.
const derivedFrom = (bounds: readonly Bound[]): DerivedFrom => ({
  tokens: unique(
    bounds.flatMap(({ token, derivedFrom: { tokens } }) =>
      token === null ? tokens : [...tokens, tokenDigest(token.issuer, token.tokenId)],
    ),
  ),
  issuerIds: unique(
    bounds.flatMap(({ issuerId, derivedFrom: { issuerIds } }) =>
      issuerId === null ? issuerIds : [...issuerIds, issuerId],
    ),
  ),
  bindingIds: unique(bounds.flatMap(({ derivedFrom: { bindingIds } }) => bindingIds)),
});

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
