import type { PresentedToken } from '#libs/trust/authorization-liveness';
import { systemActor } from '#libs/platform/kernel';
import { MAX_TOKEN_SECONDS } from '../keys/key-times.js';
import type { IssuedToken } from '../commands/issue-token.js';
import type { TokenDeps } from './token-deps.js';
import type { TokenRequest } from './token-request.js';

const ACTOR = systemActor('token-endpoint');

/** Has the token issued: the command looks at everybody concerned once more, and writes it down. */
export const issue = async (request: TokenRequest, deps: TokenDeps): Promise<IssuedToken> => {
  const { caller, subject, bounds, grant, scope, thumbprint, now } = request;
  await deps.signingKeys.ensure(now);
  const ends = bounds.map(({ expiresAt }) => expiresAt.getTime());
  return deps.issueToken.execute(ACTOR, {
    agentId: caller.agentId,
    bindingId: caller.bindingId,
    grant,
    authenticationMethod: caller.authenticationMethod,
    assertedAt: caller.assertedAt,
    agentToken: caller.token && presentedToken(caller.token),
    subjectToken: request.subjectToken && presentedToken(request.subjectToken),
    subject,
    scope,
    thumbprint,
    expiresAt: new Date(Math.min(now.getTime() + MAX_TOKEN_SECONDS * 1000, ...ends)).toISOString(),
  });
};

// Of its claims nothing else goes on.
const presentedToken = (token: PresentedToken): PresentedToken => {
  const { issuerId, issuer, subject, clientId, tokenId, issuedAt } = token;
  const { actors, keyId, bindingId, derivedFrom } = token;
  return {
    issuerId,
    issuer,
    subject,
    clientId,
    tokenId,
    issuedAt,
    actors,
    keyId,
    bindingId,
    derivedFrom,
  };
};
