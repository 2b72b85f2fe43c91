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
} from '#libs/http';
import { z } from 'zod';

/** `draft → active ⇄ suspended → retired`. */
export const agentStateSchema = z.enum(['draft', 'active', 'suspended', 'retired']);

/** How much harm an agent could do. */
export const riskTierSchema = z.enum(['low', 'medium', 'high']);

/** A subject binding: the token's (issuer, sub), compared exactly. */
export const bindingSchema = z.object({
  id: idSchema,
  kind: z.literal('subject'),
  issuer: z.object({ id: idSchema, url: z.string(), name: z.string() }),
  subject: z.string(),
  createdAt: timeSchema,
});

/** An agent as lists show it. */
export const agentSchema = z.object({
  id: idSchema,
  name: z.string(),
  purpose: z.string(),
  state: agentStateSchema,
  stateReason: z.string().nullable(),
  riskTier: riskTierSchema,
  tags: z.array(z.string()),
  owner: personRefSchema,
  team: refSchema,
  createdAt: timeSchema,
  updatedAt: timeSchema,
  lastCallAt: timeSchema.nullable(),
  callsLast24h: z.number().int(),
  refusalsLast24h: z.number().int(),
});

/** One agent with what vouches for it. */
export const agentDetailSchema = agentSchema.extend({ bindings: z.array(bindingSchema) });

/** One page of agents. */
export const agentPageSchema = pageOf(agentSchema);

/** The query of the agents' list. */
export const listAgentsQuerySchema = pageQuerySchema.extend({
  sort: z.enum(['name', 'state', 'riskTier', 'createdAt']).default('name'),
  order: z.enum(['asc', 'desc']).default('asc'),
  q: z.string().trim().max(100).optional(),
  state: agentStateSchema.optional(),
  riskTier: riskTierSchema.optional(),
  teamId: idSchema.optional(),
  ownerId: idSchema.optional(),
});

/** Register an agent; it starts as a draft. Names are never reused. */
export const registerAgentSchema = z.strictObject({
  name: slugSchema(64),
  purpose: lineSchema(500),
  ownerId: idSchema,
  teamId: idSchema,
  riskTier: riskTierSchema,
  tags: z.array(slugSchema(32)).max(20).default([]),
});

/** Bind an agent to a subject of a trusted issuer. */
export const bindAgentSchema = z.strictObject({
  issuerId: idSchema,
  subject: z
    .string()
    .min(1)
    .max(255)
    .refine((value) => !/[*?%\p{Cc}\s]/u.test(value), 'name one subject exactly: no wildcards'),
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
        }),
      ),
    }),
  ),
});

/** One of {@link agentSchema}. */
export type AgentView = z.infer<typeof agentSchema>;
/** One of {@link agentDetailSchema}. */
export type AgentDetailView = z.infer<typeof agentDetailSchema>;
