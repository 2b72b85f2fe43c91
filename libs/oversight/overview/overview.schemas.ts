import { idSchema, timeSchema } from '#libs/platform/http';
import { callSchema } from '#libs/oversight/calls';
import { z } from 'zod';

/** The overview's numbers; each leads to its list, and is null for who may not read that list. */
export const overviewSchema = z.object({
  agentsByState: z.record(z.string(), z.number().int()),
  agentsByRiskTier: z.record(z.string(), z.number().int()),
  callsLast24h: z.object({
    allow: z.number().int(),
    deny: z.number().int(),
    invalid: z.number().int(),
  }),
  /** Twenty-four hours in steps of one, oldest first. */
  callsByHour: z.array(
    z.object({
      hour: timeSchema,
      allow: z.number().int(),
      deny: z.number().int(),
      invalid: z.number().int(),
    }),
  ),
  /** Requests of the last 24 hours in which no known agent was identified, by reason. */
  requestsWithoutAgentLast24h: z
    .array(z.object({ reason: z.string(), count: z.number().int() }))
    .nullable(),
  latestDeniedOrInvalid: z.array(callSchema),
  inReviewCount: z.number().int().nullable(),
  toolServers: z
    .object({
      ready: z.number().int(),
      discovering: z.number().int(),
      failed: z.number().int(),
    })
    .nullable(),
  changesToday: z
    .array(
      z.object({
        id: idSchema,
        at: timeSchema,
        type: z.string(),
        actor: z.string(),
        outcome: z.string(),
        subject: z.string().nullable(),
      }),
    )
    .nullable(),
  ledger: z
    .object({
      entries: z.number().int(),
      lastVerification: z
        .object({ at: timeSchema, ok: z.boolean(), entries: z.number().int() })
        .nullable(),
    })
    .nullable(),
});
