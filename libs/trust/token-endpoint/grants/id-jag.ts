import {
  NOTHING,
  readUnverifiedToken,
  toolScopes,
  type TrustedIssuers,
  type VerifiedJwt,
} from '#libs/trust/token-verification';
import { isObject, type JsonObject } from '#libs/platform/kernel';
import { OAuthError } from '../endpoint/oauth-error.js';
import { tokenDigest } from '../token-digest.js';
import { asOAuthError } from './access-tokens.js';
import type { TokenDeps } from './token-deps.js';
import { required } from './token-form.js';
import type { TokenRequest } from './token-request.js';

const TYPE = 'oauth-id-jag+jwt';
const CLAIMS = ['sub', 'client_id', 'jti', 'exp', 'iat'];
const MAX_ID_LENGTH = 1_000;

/**
 * The identity assertion of the company's IdP (draft-ietf-oauth-identity-assertion-authz-grant): this
 * client may act for that person here.
 * @throws OAuthError `invalid_grant`
 */
export const proveByIdJag = async (request: TokenRequest, deps: TokenDeps): Promise<void> => {
  if (request.caller.authenticationMethod !== 'client_assertion')
    throw new OAuthError('unauthorized_client', 'An ID-JAG needs a client assertion beside it.');
  const assertion = required(request.form, 'assertion');
  const { issuerId, issuer, claims } = await verify(assertion, deps);
  const { client_id: client, sub, jti, exp, iat, scope } = claims;
  if (client !== request.caller.agentId)
    throw rejected('It was issued to another client than the one that shows it.');
  if (typeof jti !== 'string' || typeof exp !== 'number' || typeof iat !== 'number')
    throw rejected('One of its claims has the wrong form.');
  const expiresAt = new Date(exp * 1000);
  request.bounds.push({
    expiresAt,
    scopes: scopesOf(scope),
    confirmationThumbprint: confirmationOf(claims),
    token: { issuer, tokenId: jti },
    issuerId,
    derivedFrom: NOTHING,
  });
  request.subject = {
    personId: await personOf(issuer, sub, deps),
    proof: 'id_jag',
    delegationId: null,
    proofDigest: tokenDigest(issuer, jti),
    provenAt: new Date(iat * 1000),
    actors: [request.caller.agentId],
    actedBefore: [],
  };
  // Last, so that a mistake in the request does not use it up.
  const use = { issuer, tokenId: jti, expiresAt: new Date(expiresAt.getTime() + 300_000) };
  if (!(await deps.usedTokenIds.isFirstUse('id_jag', use)))
    throw rejected('It was used before: an ID-JAG counts once.');
};

const verify = async (
  assertion: string,
  { trust, verifier, config }: TokenDeps,
): Promise<VerifiedJwt & { issuerId: string; issuer: string }> => {
  try {
    const issuer = issuerOf(assertion, await trust.read());
    const verified = await verifier.verifyJwt(assertion, issuer, {
      typ: [TYPE],
      audiences: [config.publicUrl],
      requiredClaims: CLAIMS,
    });
    const { aud } = verified.claims;
    if (Array.isArray(aud) && aud.length !== 1) throw rejected('It names more than one audience.');
    return { ...verified, issuerId: issuer.id, issuer: issuer.url };
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

const personOf = async (
  issuer: string,
  subject: JsonObject[string] | undefined,
  { db }: TokenDeps,
): Promise<string> => {
  const identity =
    typeof subject === 'string' && subject.length <= MAX_ID_LENGTH && !subject.includes('\0')
      ? await db.personIdentity.findUnique({ where: { issuer_subject: { issuer, subject } } })
      : null;
  if (identity === null) throw rejected('It is about nobody whom this installation knows.');
  return identity.personId;
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
