import { bindingConditionsSchema, registerAgentSchema } from '#libs/registry/agents';
import {
  idSchema,
  pageOf,
  pageQuerySchema,
  personRefSchema,
  reasonSchema,
  timeSchema,
} from '#libs/platform/http';
import { z } from 'zod';

/** How an agent could be bound, by its issuer's profile; with problems it needs more, or cannot be. */
const fitSchema = z.object({
  kind: z.enum(['subject', 'client']),
  /** What stands in the way, for example conditions that it needs; empty when it fits as it is. */
  problems: z.array(z.string()),
});

/** A good token of a trusted issuer that names no agent here. */
export const unregisteredAgentSchema = z.object({
  id: idSchema,
  issuer: z.object({ id: idSchema, url: z.string(), name: z.string(), profile: z.string() }),
  subject: z.string(),
  /** Null where the issuer's profile has no clients. */
  clientId: z.string().nullable(),
  firstSeenAt: timeSchema,
  lastSeenAt: timeSchema,
  attempts: z.int(),
  /** Where it last came from. */
  lastSource: z.string(),
  /** What it last asked for; null where that could not be read. */
  lastMethod: z.string().nullable(),
  lastServer: z.string().nullable(),
  lastTool: z.string().nullable(),
  /** Null: it is rejected only because nobody registered it. */
  blocked: z
    .object({ by: personRefSchema.nullable(), at: timeSchema, reason: z.string() })
    .nullable(),
  /** Security blocked it, and alone unblocks it. */
  stoppedBySecurity: z.boolean(),
  bindingOptions: z.array(fitSchema),
});

export const unregisteredAgentPageSchema = pageOf(unregisteredAgentSchema);

/** The query of the inbox. */
export const listUnregisteredAgentsQuerySchema = pageQuerySchema.extend({
  issuerId: idSchema.optional(),
  /** In subject, client, source, or what was asked for. */
  q: z.string().trim().max(100).optional(),
  blocked: z.enum(['true', 'false']).optional(),
});

/** Why an agent is blocked, or not any more. */
export const changeUnregisteredAgentSchema = z.strictObject({ reason: reasonSchema });

/** Register it as an agent, a draft, bound by the token it came with. */
export const registerUnregisteredAgentSchema = registerAgentSchema.extend({
  /** By its subject, or by its client: then its calls are made for the person who signed in. */
  kind: z.enum(['subject', 'client']),
  /** For a subject only. */
  conditions: bindingConditionsSchema.default([]),
});

/** One of {@link unregisteredAgentSchema}. */
export type UnregisteredAgentView = z.infer<typeof unregisteredAgentSchema>;
