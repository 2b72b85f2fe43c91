import { generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';

/** The company's IdP. Attackers have accounts there, of their own alone. */
export const HONEST = 'https://idp.test';
/** The issuer that the environment names. */
export const SIGN_IN_ISSUER = 'https://sign-in.test';
/** Retired: its keys are in the attackers' hands. */
export const OLD_IDP = 'https://old.test';
/** The attackers' host. */
export const EVIL = 'https://evil.test';

const newKey = async () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = pair.publicKey.export({ format: 'jwk' }) as JWK & Record<string, string>;
  return { jwk, thumbprint: await calculateJwkThumbprint(jwk) };
};

/** Public halves of keys that attackers have. */
export const KEYS = {
  first: await newKey(),
  second: await newKey(),
  third: await newKey(),
  fourth: await newKey(),
};

/** What attackers can show of themselves at the honest IdP. */
export const ATTACKER = {
  /** Accounts of theirs, which no person here has. */
  subjects: ['spare-account'],
  claims: { oid: 'oid-attacker' },
  /** A claim that everybody sets for themselves there. */
  ownClaim: 'shoe_size',
  workload: 'attacker-workload',
  blockedSubject: 'attacker-blocked',
  client: 'attacker-app',
} as const;
