import type { JsonObject } from '#libs/platform/kernel';
import { z } from 'zod';
import { SetError } from '../errors.js';
import { meaningOf, type EventMeaning } from './event-meanings.js';
import { readSubjects, type SignalSubject } from './read-subjects.js';

/** One event, read. */
export interface SignalEvent {
  tokenId: string;
  eventType: string;
  meaning: EventMeaning;
  /** None for an identifier that names nobody here: a device, a phone number. */
  subjects: readonly SignalSubject[];
}

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
  return { tokenId: jti, eventType, meaning, subjects: readSubjects(identifier, issuerUrl) };
};
