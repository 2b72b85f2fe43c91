import { idSchema, pageOf, pageQuerySchema, refSchema, timeSchema } from '#libs/platform/http';
import { CALL_METHODS, IDENTIFICATION_METHODS } from '#libs/engine/ledger';
import { z } from 'zod';

/** What was decided; `invalid` is a known agent's call that never reached a decision. */
export const callDecisionSchema = z.enum(['allow', 'deny', 'hold', 'invalid']);

const effectSchema = z.enum(['allow', 'deny', 'hold']);

/** What came of it; null while it runs or when it never ran. */
export const callOutcomeSchema = z.enum([
  'succeeded',
  'tool_error',
  'upstream_error',
  'timeout',
  'unknown',
]);

/** One tool call as lists show it. */
export const callSchema = z.object({
  id: idSchema,
  at: timeSchema,
  agent: refSchema,
  /** On whose behalf; null when the agent called for itself, or its person was not known yet. */
  person: refSchema.nullable(),
  /** What named the agent, and on a person's behalf what proved the person. */
  identifiedBy: z.enum(IDENTIFICATION_METHODS).nullable(),
  protocol: z.enum(['mcp', 'rest']),
  server: z.string().nullable(),
  tool: z.string().nullable(),
  toolId: idSchema.nullable(),
  /** What the agent asked for; null when the request could not be read. */
  method: z.enum(CALL_METHODS).nullable(),
  /** The agent's own words for a tool that the registry does not know. */
  requestedTool: z.object({ server: z.string().nullable(), tool: z.string() }).nullable(),
  decision: callDecisionSchema,
  code: z.string(),
  rule: z.string().nullable(),
  reason: z.string().nullable(),
  outcome: callOutcomeSchema.nullable(),
  durationMs: z.number().nullable(),
});

/** One call's whole story. */
export const callDetailSchema = callSchema.extend({
  remedy: z.string().nullable(),
  policyVersion: z.object({ id: idSchema, policy: refSchema, number: z.number().int() }).nullable(),
  epoch: z.string().nullable(),
  delegationId: idSchema.nullable(),
  /** The agents that acted one for another, the current one first; the agent alone where there were no others. */
  actors: z.array(refSchema),
  /** What was decided for each principal, of which the stricter answer applies; null without a person. */
  agentDecision: effectSchema.nullable(),
  personDecision: effectSchema.nullable(),
  binding: z
    .object({ id: idSchema, issuer: z.string().nullable(), subject: z.string() })
    .nullable(),
  /** Each rule that selected the principal and the tool, as evaluated again from the recorded versions. */
  evaluatedRules: z.array(
    z.object({
      principal: z.enum(['agent', 'person']),
      rule: z.string(),
      policy: z.string(),
      effect: effectSchema,
      result: z.enum(['true', 'false', 'unknown']),
      isDecisive: z.boolean(),
      explanation: z.string(),
    }),
  ),
  /** The shape of the arguments: their values are redacted here. */
  argumentNames: z.array(z.string()),
  /** The ledger's entries about this call, in order. */
  entries: z.array(
    z.object({
      id: idSchema,
      type: z.string(),
      at: timeSchema,
      chain: idSchema,
      seq: z.string(),
      hash: z.string(),
    }),
  ),
});

export const callPageSchema = pageOf(callSchema);

export const listCallsQuerySchema = pageQuerySchema.extend({
  agentId: idSchema.optional(),
  personId: idSchema.optional(),
  toolId: idSchema.optional(),
  server: z.string().max(24).optional(),
  decision: callDecisionSchema.optional(),
  outcome: callOutcomeSchema.optional(),
  rule: z.string().max(64).optional(),
  from: timeSchema.optional(),
  to: timeSchema.optional(),
});
