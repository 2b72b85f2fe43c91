import type { JsonObject } from '#libs/platform/kernel';
import { z } from 'zod';
import { SetError } from '../errors.js';

const CAEP = 'https://schemas.openid.net/secevent/caep/event-type/';
const SSF = 'https://schemas.openid.net/secevent/ssf/event-type/';

/** What an event means for access: take it away, or nothing (CAEP 1.0 §3, SSF 1.0 §8). */
type EventMeaning = 'revoke' | 'nothing';

/**
 * What to make of an event; undefined for one that we do not take. A credential that changed and a device
 * that stopped complying end what was begun before, like a session that was revoked: who is still entitled
 * signs in again.
 */
const meaningOf = (
  eventType: string,
  payload: Readonly<Record<string, unknown>>,
): EventMeaning | undefined => {
  switch (eventType) {
    case `${CAEP}session-revoked`:
    case `${CAEP}credential-change`:
      return 'revoke';
    case `${CAEP}device-compliance-change`:
      // Only the one word that lets access stay does; a missing or unknown status takes it away.
      return payload['current_status'] === 'compliant' ? 'nothing' : 'revoke';
    case `${SSF}verification`:
    case `${SSF}stream-updated`:
      return 'nothing';
    default:
      return undefined;
  }
};

/** Whom an event is about, as one of its identifiers says (RFC 9493). */
export interface SignalSubject {
  issuer: string;
  subject: string;
}

/** One event, read. */
export interface SignalEvent {
  tokenId: string;
  eventType: string;
  meaning: EventMeaning;
  /** Null for an identifier that names nobody here: an e-mail address, a device, a phone number. */
  subject: SignalSubject | null;
}

const MAX_TEXT = 1000;
const text = z.string().min(1).max(MAX_TEXT);
const issSub = z.object({ format: z.literal('iss_sub'), iss: text, sub: text });
const opaque = z.object({ format: z.literal('opaque'), id: text });
const complex = z.object({ format: z.literal('complex'), user: z.unknown() });

const claimsSchema = z.object({
  jti: z.string().min(1).max(255),
  events: z.record(z.string(), z.record(z.string(), z.unknown())),
  sub_id: z.looseObject({ format: z.string() }),
});

/**
 * Reads a verified SET's one event (SSF 1.0 §9, CAEP 1.0): no `sub`, no `exp`, the subject in `sub_id`.
 * @throws SetError `invalid_request`
 */
export const readEvent = (claims: JsonObject, issuerUrl: string): SignalEvent => {
  // Both would make it look like another kind of token, and a SET never ends.
  if (Object.hasOwn(claims, 'sub') || Object.hasOwn(claims, 'exp'))
    throw new SetError('invalid_request', 'A security event token carries neither sub nor exp.');
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success)
    throw new SetError(
      'invalid_request',
      'jti, events or sub_id is missing or has the wrong form.',
    );
  const { jti, events, sub_id: identifier } = parsed.data;
  const [event, ...others] = Object.entries(events);
  if (event === undefined || others.length > 0)
    throw new SetError('invalid_request', 'Send one event in each token.');
  const [eventType, payload] = event;
  const meaning = meaningOf(eventType, payload);
  if (meaning === undefined)
    throw new SetError('invalid_request', 'That event type is not received here.');
  return { tokenId: jti, eventType, meaning, subject: subjectOf(identifier, issuerUrl) };
};

// A transmitter speaks for its own subjects only: it cannot revoke what another issuer attests.
const subjectOf = (identifier: unknown, issuerUrl: string): SignalSubject | null => {
  const whole = complex.safeParse(identifier);
  const user = whole.success ? whole.data.user : identifier;
  const pair = issSub.safeParse(user);
  if (pair.success)
    return pair.data.iss === issuerUrl ? { issuer: issuerUrl, subject: pair.data.sub } : null;
  const id = opaque.safeParse(user);
  return id.success ? { issuer: issuerUrl, subject: id.data.id } : null;
};
