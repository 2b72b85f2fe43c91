import { createHmac } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, type CryptoKey, type JWK } from 'jose';
import type { TokenProfile } from '../profiles/profile-names.js';
import { TokenVerifier } from '../token-verifier.js';
import type { TrustedIssuer, TrustedIssuers } from '../trusted-issuer.js';
import type { VerifiedToken } from '../verified-token.js';
import { AUDIENCE, goodToken, TENANT } from './good-tokens.fixture.js';

export const KID = 'key-1';
export const TOLERANCE_SECONDS = 5;
export const MAX_AGE_SECONDS = 86_400;

type Changes = Readonly<Record<string, unknown>>;

/** Somebody who holds an issuer's key and signs whatever they like with it, or with another. */
export interface Forger {
  readonly profile: TokenProfile;
  readonly issuer: TrustedIssuer;
  readonly publicKeyPem: string;
  readonly foreignKey: CryptoKey;
  header(): Record<string, unknown>;
  claims(): Record<string, unknown>;
  /** A good token but for the changes; undefined takes a member away. */
  sign(header?: Changes, claims?: Changes, key?: CryptoKey): Promise<string>;
  /** Signs any bytes as header and payload, which no well-meaning library does. */
  signText(header: string, payload: string, key?: CryptoKey): Promise<string>;
  hmac(header: object, secret: string): string;
  verify(token: string): Promise<VerifiedToken>;
}

export const nowSeconds = (): number => Math.floor(Date.now() / 1000);
export const base64url = (value: string): string => Buffer.from(value).toString('base64url');

/** Trusts one issuer, whose published keys are these. */
export const trustOnly = (
  issuer: TrustedIssuer,
  keys: readonly JWK[],
): { verifier: TokenVerifier; trusted: TrustedIssuers } => ({
  verifier: new TokenVerifier(async () => ({ keys })),
  trusted: { epoch: 1n, own: null, issuers: new Map([[issuer.url, issuer]]) },
});

/** An issuer of the profile, as a company registers it. */
export const issuerOf = (profile: TokenProfile): TrustedIssuer => ({
  id: '01970000-0000-7000-8000-000000000001',
  url: `https://${profile}.example.test/issuer`,
  audiences: [AUDIENCE],
  algorithms: ['RS256', 'ES256', 'Ed25519'],
  profile,
  clockToleranceSeconds: TOLERANCE_SECONDS,
  maxTokenAgeSeconds: MAX_AGE_SECONDS,
  keysUrl: `https://${profile}.example.test/keys`,
  requiredClaims: profile === 'entra' ? { tid: TENANT } : {},
});

export const forgerOf = async (profile: TokenProfile): Promise<Forger> => {
  const issuer = issuerOf(profile);
  const own = await generateKeyPair('RS256', { extractable: true });
  const foreignKey = (await generateKeyPair('RS256')).privateKey;
  const published = { ...(await exportJWK(own.publicKey)), kid: KID, alg: 'RS256', use: 'sig' };
  const { verifier, trusted } = trustOnly(issuer, [published]);
  const header = () => ({ alg: 'RS256', kid: KID, typ: goodToken(profile).typ });
  const claims = () => ({
    iss: issuer.url,
    aud: AUDIENCE,
    iat: nowSeconds(),
    exp: nowSeconds() + 300,
    ...goodToken(profile).claims,
  });
  const signText: Forger['signText'] = async (first, second, key = own.privateKey) => {
    const input = `${base64url(first)}.${base64url(second)}`;
    const bytes = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, Buffer.from(input));
    return `${input}.${Buffer.from(bytes).toString('base64url')}`;
  };
  return {
    profile,
    issuer,
    publicKeyPem: await exportSPKI(own.publicKey),
    foreignKey,
    header,
    claims,
    signText,
    sign: (more = {}, others = {}, key = own.privateKey) =>
      signText(
        JSON.stringify({ ...header(), ...more }),
        JSON.stringify({ ...claims(), ...others }),
        key,
      ),
    hmac: (first, secret) => {
      const input = `${base64url(JSON.stringify(first))}.${base64url(JSON.stringify(claims()))}`;
      return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
    },
    verify: (token) => verifier.verify(token, trusted),
  };
};
