import {
  MAX_CLOCK_TOLERANCE_SECONDS,
  nameClaim,
  NOTHING,
  readUnverifiedToken,
  toolScopes,
  type TrustedIssuers,
} from '#libs/trust/token-verification';
import { canAct, namedActor, type PresentedToken } from '#libs/trust/authorization-liveness';
import { isObject, SECOND_MS, type JsonObject } from '#libs/platform/kernel';
import { OAuthError } from '../errors.js';
import { asOAuthError, factsAbout } from './access-tokens.js';
import type { TokenDeps } from './token-deps.js';
import { required } from './token-form.js';
import type { TokenRequest } from './token-request.js';

const TYPE = 'oauth-id-jag+jwt';
const CLAIMS = ['sub', 'client_id', 'jti', 'exp', 'iat'];

/**
 * The identity assertion of the company's IdP (draft-ietf-oauth-identity-assertion-authz-grant): this
 * client may act for that person here.
 * @throws OAuthError `invalid_grant`
 */
export const proveByIdJag = async (request: TokenRequest, deps: TokenDeps): Promise<void> => {
  if (request.caller.authenticationMethod !== 'client_assertion')
    throw new OAuthError('unauthorized_client', 'An ID-JAG needs a client assertion beside it.');
  const assertion = required(request.form, 'assertion');
  const { token, claims } = await verify(assertion, deps);
  if (token.clientId !== request.caller.agentId)
    throw rejected('It was issued to another client than the one that presents it.');
  const expiresAt = new Date(Number(claims['exp']) * 1000);
  request.subjectToken = token;
  request.bounds.push({
    expiresAt,
    scopes: scopesOf(claims['scope']),
    confirmationThumbprint: confirmationOf(claims),
  });
  const { issuer, subject, tokenId } = token;
  const actor = namedActor({ claims, issuer });
  const asked = { tokens: [token], actors: actor ? [actor] : [] };
  const facts = await factsAbout(asked, request, deps);
  if (claims['act'] !== undefined)
    throw rejected('It carries actors of another issuer, which cannot be checked here.');
  if (!canAct({ claims, issuer }, request.caller.agentId, facts))
    throw rejected('It says who may act for the person (may_act), and it is not this agent.');
  const person = facts.personOf(issuer, subject);
  if (person === undefined) throw rejected('It is about nobody who is known here.');
  request.subject = {
    personId: person.id,
    identifiedBy: 'id_jag',
    delegationId: null,
    issuedTo: [],
    actors: [request.caller.agentId],
  };
  // Last, so that a mistake in the request does not use it up.
  const usableUntil = new Date(expiresAt.getTime() + MAX_CLOCK_TOLERANCE_SECONDS * SECOND_MS);
  const use = { issuer, tokenId, expiresAt: usableUntil };
  if (!(await deps.usedTokenIds.isFirstUse('id_jag', use)))
    throw rejected('It was used before: an ID-JAG is valid for one use.');
};

const verify = async (
  assertion: string,
  { trust, verifier, config }: TokenDeps,
): Promise<{ token: PresentedToken & { tokenId: string }; claims: JsonObject }> => {
  try {
    const issuer = issuerOf(assertion, await trust.read());
    const { claims } = await verifier.verifyJwt(assertion, issuer, {
      typ: [TYPE],
      audiences: [config.publicUrl],
      requiredClaims: CLAIMS,
    });
    const { aud } = claims;
    if (Array.isArray(aud) && aud.length !== 1) throw rejected('It names more than one audience.');
    const token = {
      issuerId: issuer.id,
      issuer: issuer.url,
      subject: nameClaim(claims, 'sub'),
      clientId: nameClaim(claims, 'client_id'),
      tokenId: nameClaim(claims, 'jti'),
      issuedAt: new Date(Number(claims['iat']) * 1000),
      actors: [],
      keyId: null,
      bindingId: null,
      derivedFrom: NOTHING,
    };
    return { token, claims };
  } catch (error) {
    throw asOAuthError(error, 'invalid_grant', 'ID-JAG');
  }
};

const issuerOf = (assertion: string, { issuers }: TrustedIssuers) => {
  const { iss } = readUnverifiedToken(assertion).claims;
  const issuer = typeof iss === 'string' ? issuers.get(iss) : undefined;
  if (issuer === undefined) throw rejected('Its issuer is not trusted here.');
  return issuer;
};

// Its scope is meant for us: one without a word of ours grants nothing here.
const scopesOf = (scope: JsonObject[string] | undefined): readonly string[] | null => {
  if (scope === undefined) return null;
  return typeof scope === 'string' ? toolScopes(scope) : [];
};

const confirmationOf = ({ cnf }: JsonObject): string | null => {
  if (cnf === undefined) return null;
  const jkt = isObject(cnf) ? cnf['jkt'] : null;
  if (typeof jkt !== 'string') throw rejected('It is bound to a key in a way that is not known.');
  return jkt;
};

const rejected = (why: string): OAuthError =>
  new OAuthError('invalid_grant', `The ID-JAG is not accepted: ${why}`);
