import { decodeProtectedHeader } from 'jose';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import { checkClaims } from '#libs/trust/token-verification';
import type { JsonObject } from '#libs/platform/kernel';
import type { SignInProvider } from './providers/sign-in-provider.js';
import type { SignInState } from './sign-in-state.js';
import { SignInError } from './errors.js';

const MAX_CLAIM_LENGTH = 255;

/** What the IdP says who came. */
export interface SignInClaims {
  /** Compared exactly, as (issuer, subject). */
  issuer: string;
  subject: string;
  /** `sub` as the ID token has it, and the IdP's own session (`sid`): by either it can end ours. */
  idpSubject: string;
  idpSession: string | null;
  /** Only shown, and only to an installation that has no owner yet. */
  email: string | null;
  name: string | null;
  /** When the IdP says that it issued the ID token; it is precise to the second. */
  issuedAt: Date;
  /** The value of the provider's link claim; null when it is no text of a sensible length. */
  linkValue: string | null;
}

/**
 * Where the browser goes, and what must be known when it comes back: the code flow with PKCE (S256), state
 * and nonce.
 */
export const beginSignIn = async (
  provider: SignInProvider,
  config: Configuration,
): Promise<{ url: URL; kept: Pick<SignInState, 'state' | 'nonce' | 'codeVerifier'> }> => {
  const kept = {
    state: randomState(),
    nonce: randomNonce(),
    codeVerifier: randomPKCECodeVerifier(),
  };
  const url = buildAuthorizationUrl(config, {
    redirect_uri: provider.redirectUri,
    scope: 'openid profile email',
    state: kept.state,
    nonce: kept.nonce,
    code_challenge: await calculatePKCECodeChallenge(kept.codeVerifier),
    code_challenge_method: 'S256',
  });
  return { url, kept };
};

/**
 * What the IdP answered, verified: state, `iss` (RFC 9207), PKCE, nonce, the ID token's signature and
 * audience by the library; its algorithm, the claims' forms, times and the required claims here.
 * @throws when any of it does not hold
 */
export const finishSignIn = async (
  provider: SignInProvider,
  config: Configuration,
  answer: { query: string; kept: SignInState; now: Date },
): Promise<SignInClaims> => {
  const url = new URL(provider.redirectUri);
  url.search = answer.query;
  const tokens = await authorizationCodeGrant(config, url, {
    expectedState: answer.kept.state,
    expectedNonce: answer.kept.nonce,
    pkceCodeVerifier: answer.kept.codeVerifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined || claims.iss !== provider.issuer)
    throw new SignInError('another_issuer');
  assertAlgorithm(provider, tokens.id_token);
  checkClaims(claims as JsonObject, provider.jwt, answer.now);
  const subject = textOf(claims[provider.subjectClaim]);
  if (subject === null) throw new SignInError('no_subject');
  return {
    issuer: claims.iss,
    subject,
    idpSubject: claims.sub,
    issuedAt: new Date(claims.iat * 1000),
    idpSession: textOf(claims['sid']),
    email: textOf(claims['email']),
    name: textOf(claims['name']),
    linkValue: provider.link === null ? null : textOf(claims[provider.link.claim]),
  };
};

const assertAlgorithm = ({ jwt }: SignInProvider, idToken: string | undefined): void => {
  const { alg } = idToken === undefined ? {} : decodeProtectedHeader(idToken);
  if (alg === undefined || !jwt.algorithms.includes(alg)) throw new SignInError('algorithm');
};

// A number is no text: 7 and "7" must not be equal.
const textOf = (claim: unknown): string | null =>
  typeof claim === 'string' && claim !== '' && claim.length <= MAX_CLAIM_LENGTH ? claim : null;
