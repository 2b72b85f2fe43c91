import {
  idSchema,
  lineSchema,
  pageOf,
  pageQuerySchema,
  personRefSchema,
  reasonSchema,
  refSchema,
  timeSchema,
} from '#libs/platform/http';
import { z } from 'zod';

/** Whether a delegation still lets the agent act for the person. */
export const delegationStateSchema = z.enum(['active', 'expired', 'withdrawn']);

/** A person's consent that an agent acts for them, until it ends or they withdraw it. */
export const delegationSchema = z.object({
  id: idSchema,
  person: personRefSchema,
  agent: refSchema,
  /** The one tool server that it is for; null for whatever both may do. */
  server: refSchema.nullable(),
  purpose: z.string(),
  state: delegationStateSchema,
  createdAt: timeSchema,
  expiresAt: timeSchema,
  withdrawnAt: timeSchema.nullable(),
});

export const delegationPageSchema = pageOf(delegationSchema);

export const listDelegationsQuerySchema = pageQuerySchema.extend({
  personId: idSchema.optional(),
  agentId: idSchema.optional(),
  state: delegationStateSchema.optional(),
});

/** Let an agent act for oneself. */
export const grantDelegationSchema = z.strictObject({
  agentId: idSchema,
  purpose: lineSchema(300),
  serverId: idSchema.nullable().default(null),
  days: z.int().min(1).max(365),
});

/** Why a delegation is withdrawn or revoked. */
export const delegationReasonSchema = z.strictObject({ reason: reasonSchema });

/** The agents that anybody may let act for them. */
export const delegationAgentPageSchema = pageOf(
  z.object({ id: idSchema, name: z.string(), purpose: z.string(), team: refSchema }),
);

/** One of {@link delegationSchema}. */
export type DelegationView = z.infer<typeof delegationSchema>;
