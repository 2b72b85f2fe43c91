import { isObject, type JsonObject } from '#libs/platform/kernel';

/** The event that makes a JWT a logout token (OpenID Connect Back-Channel Logout 1.0 §2.4). */
export const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

const MAX_TEXT = 255;

/** Whose sessions an IdP ends: by its `sub`, its `sid`, or only those that fit both. */
export interface LogoutClaims {
  subject: string | null;
  session: string | null;
  tokenId: string;
  /** When its `jti` may be forgotten. */
  expiresAt: Date;
}

/**
 * Reads a logout token's own claims (§2.6), once signature, issuer, audience and times hold. Undefined when
 * it is none: an ID token of the same IdP must not end anybody's session.
 */
export const readLogoutClaims = (
  claims: JsonObject,
  clockToleranceSeconds: number,
): LogoutClaims | undefined => {
  const { sub, sid, jti, exp, events } = claims;
  // §2.4: it is prohibited here, so that no logout token serves as an ID token, nor the other way round.
  if (Object.hasOwn(claims, 'nonce') || !isLogoutEvent(events)) return undefined;
  if (!isText(jti) || typeof exp !== 'number') return undefined;
  if (sub === undefined && sid === undefined) return undefined;
  if ((sub !== undefined && !isText(sub)) || (sid !== undefined && !isText(sid))) return undefined;
  return {
    subject: sub ?? null,
    session: sid ?? null,
    tokenId: jti,
    expiresAt: new Date((exp + clockToleranceSeconds) * 1000),
  };
};

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= MAX_TEXT;

const isLogoutEvent = (events: unknown): boolean =>
  isObject(events) && isObject(events[LOGOUT_EVENT]);
