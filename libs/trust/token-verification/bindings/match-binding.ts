import { isObject, type Json } from '#libs/platform/kernel';
import type { VerifiedToken } from '../verified-token.js';

/** A claim that a token must carry besides its subject, with exactly this value. */
export interface BindingCondition {
  /** A member's name, or a JSON Pointer (RFC 6901) when it begins with `/`. */
  readonly claim: string;
  readonly equals: string;
}

/** What a token must match to be an agent's. */
export interface TokenBinding {
  readonly kind: 'subject' | 'client';
  readonly issuerUrl: string;
  /** The token's subject, or its client; by the kind. */
  readonly subject: string;
  readonly conditions: readonly BindingCondition[];
}

/** Whether a verified token is one that the binding names; every text compared exactly (invariant I7). */
export const matchesBinding = (token: VerifiedToken, binding: TokenBinding): boolean =>
  token.issuer === binding.issuerUrl &&
  namedBy(token, binding.kind) === binding.subject &&
  binding.conditions.every(({ claim, equals }) => readClaim(token.claims, claim) === equals);

// A client's token for itself is about no person, so a client binding never takes it.
const namedBy = (token: VerifiedToken, kind: TokenBinding['kind']): string | null => {
  if (kind === 'subject') return token.subject;
  return token.isClientItself ? null : token.clientId;
};

/** The value at a condition's claim; undefined when the token has none. */
const readClaim = (claims: VerifiedToken['claims'], claim: string): Json | undefined => {
  if (!claim.startsWith('/')) return member(claims, claim);
  return claim
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>((value, name) => member(value, name), claims);
};

// A list's order is its issuer's affair, so a place in one is nothing to rely on.
const member = (value: Json | undefined, name: string): Json | undefined =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
