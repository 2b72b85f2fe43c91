import { importJWK, jwtVerify, type JWK, type JWTPayload } from 'jose';
import {
  malformedClaim,
  readUnverifiedToken,
  SIGNATURE_ALGORITHMS,
  type UnverifiedToken,
} from '#libs/trust/token-verification';
import { isUuid } from '#libs/platform/kernel';
import { OAuthError } from '../errors.js';

/** A key of an agent's own, as it was bound. */
export interface OwnKey {
  readonly bindingId: string;
  /** RFC 7638. */
  readonly thumbprint: string;
  readonly publicKey: JWK;
}

/** A client assertion that was verified. */
export interface VerifiedAssertion {
  readonly bindingId: string;
  readonly tokenId: string;
  readonly issuedAt: Date | null;
  readonly expiresAt: Date;
}

const MAX_LIFETIME_SECONDS = 300;
// As far as the agent's clock may be off.
const TOLERANCE_SECONDS = 5;
const MAX_KEYS = 10;
// RFC 7523 names none; its revision names the second.
const TYPES: ReadonlySet<string> = new Set(['jwt', 'client-authentication+jwt']);

/** The one answer to every client that does not prove who it is. */
export const invalidClient = (options: { cause?: unknown; challenge?: string } = {}): OAuthError =>
  new OAuthError(
    'invalid_client',
    'The client could not be authenticated. Send a client_assertion (private_key_jwt) signed with a key that is bound to the agent, or a token that names the agent.',
    options,
  );

/** The agent that an assertion says it is from; nothing about it is believed yet. */
export const claimedAgentId = (assertion: string): string => {
  const { sub, iss } = read(assertion).claims;
  if (typeof sub !== 'string' || iss !== sub || !isUuid(sub)) throw invalidClient();
  return sub;
};

/**
 * Checks a client assertion (RFC 7523 §3) with the agent's own keys.
 * @throws OAuthError `invalid_client`
 */
export const verifyAssertion = async (
  assertion: string,
  expected: { agentId: string; audiences: readonly string[]; keys: readonly OwnKey[]; now: Date },
): Promise<VerifiedAssertion> => {
  const { header } = read(assertion);
  for (const key of candidates(expected.keys, header)) {
    const claims = await signedBy(assertion, key, {
      ...expected,
      algorithm: String(header['alg']),
    });
    if (claims !== null) return { bindingId: key.bindingId, ...timesOf(claims, expected.now) };
  }
  throw invalidClient();
};

const read = (assertion: string): UnverifiedToken => {
  try {
    const token = readUnverifiedToken(assertion);
    const { typ, alg } = token.header;
    if (malformedClaim(token.claims) !== undefined) throw invalidClient();
    const type = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : 'jwt';
    if (!TYPES.has(type) || !SIGNATURE_ALGORITHMS.some((known) => known === alg))
      throw invalidClient();
    return token;
  } catch (error) {
    throw invalidClient({ cause: error });
  }
};

// A key's id is its holder's to choose: it may pick one of their keys, never exclude all of them.
const candidates = (keys: readonly OwnKey[], { kid }: UnverifiedToken['header']): OwnKey[] => {
  const named = keys.filter(({ thumbprint, publicKey }) =>
    [thumbprint, publicKey.kid].includes(String(kid)),
  );
  return (named.length > 0 ? named : [...keys]).slice(0, MAX_KEYS);
};

const signedBy = async (
  assertion: string,
  { publicKey }: OwnKey,
  expected: { agentId: string; audiences: readonly string[]; algorithm: string; now: Date },
): Promise<JWTPayload | null> => {
  const { agentId, audiences, algorithm, now } = expected;
  try {
    const { kty, crv, x, y, n, e } = publicKey;
    const members = Object.entries({ kty, crv, x, y, n, e }).filter(([, member]) => member);
    const key = await importJWK(Object.fromEntries(members) as JWK, algorithm);
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: [algorithm],
      issuer: agentId,
      subject: agentId,
      audience: [...audiences],
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: now,
      requiredClaims: ['exp', 'jti'],
    });
    return payload;
  } catch {
    return null;
  }
};

const timesOf = (
  { aud, exp, iat, jti }: JWTPayload,
  now: Date,
): Omit<VerifiedAssertion, 'bindingId'> => {
  const nowSeconds = now.getTime() / 1000;
  const isForOneOnly = typeof aud === 'string' || aud?.length === 1;
  const endsSoon =
    typeof exp === 'number' && exp <= nowSeconds + MAX_LIFETIME_SECONDS + TOLERANCE_SECONDS;
  const isOfNow =
    iat === undefined ||
    (typeof iat === 'number' && iat >= 0 && iat <= nowSeconds + TOLERANCE_SECONDS);
  if (!isForOneOnly || !endsSoon || !isOfNow || typeof jti !== 'string' || jti === '')
    throw invalidClient();
  return {
    tokenId: jti,
    issuedAt: iat === undefined ? null : new Date(iat * 1000),
    expiresAt: new Date((exp + TOLERANCE_SECONDS) * 1000),
  };
};
