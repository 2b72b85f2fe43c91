import { outboundFetch, type Outbound } from '#libs/engine/upstream';
import { isObject } from '#libs/platform/kernel';
import { z } from 'zod';
import { PollFailedError, type SetErrorCode } from '../errors.js';

const TIMEOUT_MS = 10_000;
// So many of the longest tokens fit into an answer as large as is read.
const MAX_EVENTS = 20;

const setsSchema = z
  .custom<object>((sets) => isObject(sets) && Object.keys(sets).length <= MAX_EVENTS)
  .pipe(z.record(z.string().min(1).max(255), z.string().max(10_000)));

const answerSchema = z.object({
  sets: setsSchema,
  moreAvailable: z.boolean().default(false),
});

/** What a poll returned: tokens by their `jti`. */
export type PollAnswer = z.infer<typeof answerSchema>;

/** What to tell the transmitter of what it sent before. */
export interface PollAcknowledgement {
  ack: readonly string[];
  setErrs: Readonly<Record<string, { err: SetErrorCode; description: string }>>;
}

/**
 * Asks a transmitter for what it has (RFC 8936 §2.4), by a checked connection.
 * @throws PollFailedError, or libs/engine/upstream's errors, with a sentence for the administrator.
 */
export const pollTransmitter = async (
  outbound: Outbound,
  { url, token }: { url: string; token: string },
  { ack, setErrs }: PollAcknowledgement,
): Promise<PollAnswer> => {
  const response = await outboundFetch(outbound, { timeoutMs: TIMEOUT_MS })(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({ maxEvents: MAX_EVENTS, returnImmediately: true, ack, setErrs }),
  });
  if (response.status !== 200)
    throw new PollFailedError(`The transmitter answered with status ${response.status}.`);
  const parsed = answerSchema.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new PollFailedError('The transmitter answered with something that is no RFC 8936 answer.');
};
