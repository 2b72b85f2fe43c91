import { idSchema, reasonSchema, timeSchema } from '#libs/platform/http';
import { z } from 'zod';
import { publicKeySchema } from './public-key.schema.js';

/** How an agent is identified: by a token's subject, by its client, or by a key of the agent's own. */
export const bindingKindSchema = z.enum(['subject', 'client', 'key']);

// As long as an index can hold; libs/registry/unregistered-agents keeps callers up to the same length.
const MAX_NAME = 512;

/** A claim that a token must carry besides, with exactly this text. */
export const bindingConditionSchema = z.strictObject({
  /** A member's name, or a JSON Pointer (RFC 6901) when it begins with `/`. */
  claim: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[^\p{Cc}\s]+$/u, 'name one claim: no white space'),
  equals: z
    .string()
    .min(1)
    .max(512)
    .regex(/^[^\p{Cc}]+$/u, 'control characters are not allowed'),
});

/** What a token must carry besides its subject. */
export const bindingConditionsSchema = z
  .array(bindingConditionSchema)
  .max(10)
  .refine(
    (conditions) => new Set(conditions.map(({ claim }) => claim)).size === conditions.length,
    'name each claim once: two values of one claim can never both be true',
  );

const exactly = (pattern: RegExp, message: string) =>
  z.string().min(1).max(MAX_NAME).regex(pattern, message);

const subjectBindingShape = {
  kind: z.literal('subject'),
  issuerId: idSchema,
  /** The token's `sub`, or the claim that the issuer's profile uses instead. */
  subject: exactly(/^[^*?%\p{Cc}\s]+$/u, 'name one subject exactly: no wildcards'),
  conditions: bindingConditionsSchema.default([]),
};

const clientBindingShape = {
  kind: z.literal('client'),
  issuerId: idSchema,
  /** The client's id, exactly; people sign in with it, and their calls are the agent's. */
  clientId: exactly(/^[^*\p{Cc}\s]+$/u, 'name one client exactly: no wildcards'),
};

const keyBindingShape = { kind: z.literal('key'), publicKey: publicKeySchema };

/** Bind an agent: to a subject or a client of a trusted issuer, or to a public key of its own. */
export const bindAgentSchema = z.discriminatedUnion('kind', [
  z.strictObject(subjectBindingShape),
  z.strictObject(clientBindingShape),
  z.strictObject(keyBindingShape),
]);

/** Take a binding away. */
export const unbindAgentSchema = z.strictObject({ reason: reasonSchema });

/** One binding; every value is compared exactly. */
export const bindingSchema = z.object({
  id: idSchema,
  kind: bindingKindSchema,
  /** Null for an own key: its tokens are ours. */
  issuer: z.object({ id: idSchema, url: z.string(), name: z.string() }).nullable(),
  /** The token's `sub`, the client's id, or the key's RFC 7638 thumbprint. */
  subject: z.string(),
  conditions: z.array(z.object({ claim: z.string(), equals: z.string() })),
  /** Own keys only: the public JWK. */
  publicKey: z.record(z.string(), z.string()).nullable(),
  createdAt: timeSchema,
});

/** What to bind, whichever agent it is. */
export type NewBinding = z.infer<typeof bindAgentSchema>;
/** One of {@link bindingConditionSchema}. */
export type BindingCondition = z.infer<typeof bindingConditionSchema>;
