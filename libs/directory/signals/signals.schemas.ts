import {
  idSchema,
  lineSchema,
  pageOf,
  pageQuerySchema,
  reasonSchema,
  refSchema,
  timeSchema,
} from '#libs/platform/http';
import { z } from 'zod';

/** How a stream's tokens come: the transmitter pushes (RFC 8935), or we poll (RFC 8936). */
export const signalDeliverySchema = z.enum(['push', 'poll']);

/**
 * What came of one signal. `revoked`: access was revoked; `alerted`: people shall look; otherwise why nothing
 * was.
 */
export const signalEffectSchema = z.enum(['revoked', 'alerted', 'ignored', 'unknown_subject']);

/** A Shared Signals stream that we receive. */
export const signalStreamSchema = z.object({
  id: idSchema,
  issuer: z.object({ id: idSchema, name: z.string(), url: z.string() }),
  /** What its tokens must name as audience, exactly. */
  audience: z.string(),
  delivery: signalDeliverySchema,
  /** Poll only. */
  pollUrl: z.string().nullable(),
  enabled: z.boolean(),
  createdAt: timeSchema,
  lastReceivedAt: timeSchema.nullable(),
  lastPolledAt: timeSchema.nullable(),
  /** Why the last poll failed; null when it did not. */
  lastError: z.string().nullable(),
});

/** One verified signal and what it did. */
export const receivedSignalSchema = z.object({
  id: idSchema,
  eventType: z.string(),
  effect: signalEffectSchema,
  person: refSchema.nullable(),
  agents: z.array(refSchema),
  receivedAt: timeSchema,
});

/** One stream, with where its transmitter sends to and its newest signals. */
export const signalStreamDetailSchema = signalStreamSchema.extend({
  pushUrl: z.string(),
  signals: z.array(receivedSignalSchema),
});

export const signalStreamPageSchema = pageOf(signalStreamSchema);

export const listSignalStreamsQuerySchema = pageQuerySchema;

const pollUrlSchema = z.url({ protocol: /^https?$/ }).max(500);
const pollTokenSchema = z.string().trim().min(1).max(4000);

/** Receive a stream; a polled one needs its address and the transmitter's bearer token. */
export const registerSignalStreamSchema = z
  .strictObject({
    issuerId: idSchema,
    audience: lineSchema(500),
    delivery: signalDeliverySchema,
    pollUrl: pollUrlSchema.nullable().default(null),
    pollToken: pollTokenSchema.nullable().default(null),
  })
  .superRefine(({ delivery, pollUrl, pollToken }, context) => {
    const isPolled = delivery === 'poll';
    for (const [path, value] of Object.entries({ pollUrl, pollToken })) {
      if (isPolled === (value !== null)) continue;
      const message = isPolled ? 'a polled stream needs it' : 'only a polled stream has it';
      context.addIssue({ code: 'custom', path: [path], message });
    }
  });

/** Change a stream; what is absent stays. */
export const changeSignalStreamSchema = z.strictObject({
  enabled: z.boolean().optional(),
  pollUrl: pollUrlSchema.optional(),
  pollToken: pollTokenSchema.optional(),
});

/** Why a stream is not received any more. */
export const retireSignalStreamSchema = z.strictObject({ reason: reasonSchema });
