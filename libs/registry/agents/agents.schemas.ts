import {
  idSchema,
  lineSchema,
  pageOf,
  pageQuerySchema,
  personRefSchema,
  reasonSchema,
  refSchema,
  slugSchema,
  timeSchema,
} from '#libs/platform/http';
import { z } from 'zod';
import { bindingSchema } from './bindings/bindings.schemas.js';

/** `draft → active ⇄ suspended → retired`. */
export const agentStateSchema = z.enum(['draft', 'active', 'suspended', 'retired']);

/** How much harm an agent could do. */
export const riskTierSchema = z.enum(['low', 'medium', 'high']);

/** An agent as lists show it. */
export const agentSchema = z.object({
  id: idSchema,
  name: z.string(),
  purpose: z.string(),
  state: agentStateSchema,
  stateReason: z.string().nullable(),
  /** Security suspended it, and alone activates it again. */
  stoppedBySecurity: z.boolean(),
  riskTier: riskTierSchema,
  tags: z.array(z.string()),
  owner: personRefSchema,
  team: refSchema,
  /** From then on it is suspended. */
  expiresAt: timeSchema.nullable(),
  /** Suspended after so many days without a call. */
  inactiveAfterDays: z.int().nullable(),
  /** Since then its owner is gone, and nobody has taken it over. */
  orphanedAt: timeSchema.nullable(),
  /**
   * Since then its owner is whom its team's rule named: they confirm nothing of it until security agrees to
   * them.
   */
  inheritedAt: timeSchema.nullable(),
  /** Its tokens that were issued before this are not valid any more. */
  tokensRevokedBefore: timeSchema.nullable(),
  activatedAt: timeSchema.nullable(),
  retiredAt: timeSchema.nullable(),
  bindingCount: z.int(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  lastCallAt: timeSchema.nullable(),
  callsLast24h: z.number().int(),
  deniedOrInvalidLast24h: z.number().int(),
});

/** One agent with its bindings. */
export const agentDetailSchema = agentSchema.extend({ bindings: z.array(bindingSchema) });

export const agentPageSchema = pageOf(agentSchema);

const yesNoSchema = z.enum(['true', 'false']);

export const listAgentsQuerySchema = pageQuerySchema.extend({
  sort: z.enum(['name', 'state', 'riskTier', 'createdAt']).default('name'),
  order: z.enum(['asc', 'desc']).default('asc'),
  q: z.string().trim().max(100).optional(),
  state: agentStateSchema.optional(),
  riskTier: riskTierSchema.optional(),
  teamId: idSchema.optional(),
  ownerId: idSchema.optional(),
  /** Those whose owner is gone, or only the others. */
  orphaned: yesNoSchema.optional(),
  /** Those without a binding, retired ones aside; or only the others. */
  unbound: yesNoSchema.optional(),
  /** Those that expire within 30 days, or did and are not retired; or only the others. */
  expiring: yesNoSchema.optional(),
});

const tagsSchema = z.array(slugSchema(32)).max(20);
const inactiveAfterDaysSchema = z.int().min(1).max(3650);

/** Register an agent; it starts as a draft. Names are never reused. */
export const registerAgentSchema = z.strictObject({
  name: slugSchema(64),
  purpose: lineSchema(500),
  ownerId: idSchema,
  teamId: idSchema,
  riskTier: riskTierSchema,
  tags: tagsSchema.default([]),
  /** From then on it is suspended. */
  expiresAt: timeSchema.nullable().default(null),
  /** Suspended after so many days without a call. */
  inactiveAfterDays: inactiveAfterDaysSchema.nullable().default(null),
});

/** Change what is said of an agent: what is absent stays, null takes a limit away. */
export const changeAgentSchema = z
  .strictObject({
    purpose: lineSchema(500).optional(),
    riskTier: riskTierSchema.optional(),
    tags: tagsSchema.optional(),
    expiresAt: timeSchema.nullable().optional(),
    inactiveAfterDays: inactiveAfterDaysSchema.nullable().optional(),
  })
  .refine(
    ({ purpose, riskTier, tags, expiresAt, inactiveAfterDays }) =>
      [purpose, riskTier, tags, expiresAt, inactiveAfterDays].some((value) => value !== undefined),
    'say what to change',
  );

/** Give an agent an owner and a team: name both, also the one that stays. */
export const reassignAgentSchema = z.strictObject({
  ownerId: idSchema,
  teamId: idSchema,
  reason: reasonSchema,
});

/** Why an agent changes state. */
export const changeAgentStateSchema = z.strictObject({ reason: reasonSchema });

/** What one agent may do, tool by tool, with the rule that gives it. */
export const agentRightsSchema = z.object({
  epoch: z.string(),
  items: z.array(
    z.object({
      tool: z.object({ id: idSchema, server: z.string(), name: z.string() }),
      classification: z.enum(['read', 'write', 'destructive']),
      /** `conditional`: it depends on the arguments. */
      effect: z.enum(['allow', 'deny', 'conditional']),
      rules: z.array(
        z.object({
          rule: z.string(),
          effect: z.enum(['allow', 'deny', 'hold']),
          policy: refSchema,
          reason: z.string(),
          /** When the rule ends by itself. */
          expiresAt: timeSchema.nullable(),
        }),
      ),
    }),
  ),
});

/** One of {@link agentSchema}. */
export type AgentView = z.infer<typeof agentSchema>;
/** One of {@link agentDetailSchema}. */
export type AgentDetailView = z.infer<typeof agentDetailSchema>;
