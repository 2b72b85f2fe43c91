import type { JsonObject } from '#libs/platform/kernel';
import type { DerivedFrom } from './derived-from.js';

/** Who a token speaks for, once everything about it has been checked. */
export interface VerifiedToken {
  /** Null: our own token endpoint issued it. */
  readonly issuerId: string | null;
  readonly issuer: string;
  /** `sub`, or the immutable claim that the issuer's profile has in its place (Entra's `oid`, Okta's `uid`). */
  readonly subject: string;
  /** The client it was issued to; null where the profile has no clients. */
  readonly clientId: string | null;
  /** The client got it for itself (client credentials), so `subject` is no person. */
  readonly isClientItself: boolean;
  readonly tokenId: string | null;
  readonly issuedAt: Date | null;
  /** The issuer's clock tolerance is in it. */
  readonly expiresAt: Date;
  /** Every claim, all of them signed. */
  readonly claims: JsonObject;
  /** `cnf.jkt` (RFC 9449): the sender of the token must prove that it holds this key. */
  readonly confirmationThumbprint: string | null;
  /** The subs of the `act` chain (RFC 8693), the current actor first; empty unless we issued it. */
  readonly actors: readonly string[];
  /** Which key signed it; null unless we issued it. */
  readonly keyId: string | null;
  /** The binding that it was issued by; null unless we issued it. */
  readonly bindingId: string | null;
  /** Nothing unless we issued it. */
  readonly derivedFrom: DerivedFrom;
}

/** A JWT of some other kind, once its signature and claims have been checked. */
export interface VerifiedJwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: JsonObject;
}
