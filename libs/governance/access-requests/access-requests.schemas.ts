import {
  idSchema,
  pageOf,
  pageQuerySchema,
  personRefSchema,
  reasonSchema,
  refSchema,
  timeSchema,
} from '#libs/platform/http';
import { z } from 'zod';

/** `open → drafted → granted`, or `rejected` or `withdrawn` before that. */
export const accessRequestStateSchema = z.enum([
  'open',
  'drafted',
  'granted',
  'rejected',
  'withdrawn',
]);

const toolRefSchema = z.object({
  id: idSchema,
  server: z.string(),
  name: z.string(),
  /** Who owns the tool's server. */
  owner: personRefSchema,
  teamId: idSchema,
});

/** What became of a request: the access grant's version, which others publish or reject. */
const accessGrantSchema = z.object({
  policyId: idSchema,
  versionId: idSchema,
  state: z.enum(['in_review', 'active', 'archived', 'rejected']),
  /** The access grant's end: counted from when it was drafted, not from when it is published. */
  expiresAt: timeSchema,
  /** When it was archived: ended by somebody before `expiresAt`, or tidied up after it. */
  endedAt: timeSchema.nullable(),
});

/** A request for access, as lists show it. */
export const accessRequestSchema = z.object({
  id: idSchema,
  state: accessRequestStateSchema,
  agent: refSchema.extend({ teamId: idSchema }),
  tool: toolRefSchema,
  requestedConstraints: z.string().nullable(),
  justification: z.string(),
  durationHours: z.int(),
  requestedBy: personRefSchema,
  requestedAt: timeSchema,
  /** Whether the tool's owner is here to draft it; otherwise somebody in IT does. */
  canOwnerDraft: z.boolean(),
  draftedBy: personRefSchema.nullable(),
  draftedAt: timeSchema.nullable(),
  decidedBy: personRefSchema.nullable(),
  decidedAt: timeSchema.nullable(),
  decisionNote: z.string().nullable(),
  grant: accessGrantSchema.nullable(),
});

/** One request with the text of its access grant. */
export const accessRequestDetailSchema = accessRequestSchema.extend({
  accessGrantText: z.string().nullable(),
});

export const accessRequestPageSchema = pageOf(accessRequestSchema);

export const listAccessRequestsQuerySchema = pageQuerySchema.extend({
  state: accessRequestStateSchema.optional(),
  agentId: idSchema.optional(),
  toolId: idSchema.optional(),
  /** Only those that one asked for oneself. */
  mine: z.enum(['true', 'false']).optional(),
});

const durationHoursSchema = z.int().min(1).max(720);

/** Ask that an agent may use a tool for a while. */
export const requestAccessSchema = z.strictObject({
  agentId: idSchema,
  toolId: idSchema,
  /** What the arguments may be held to, in words. */
  requestedConstraints: reasonSchema.nullable().default(null),
  justification: reasonSchema,
  durationHours: durationHoursSchema,
});

/** Draft the access grant: at most as long as was asked for, counted from now. */
export const draftAccessGrantSchema = z.strictObject({
  /** `always`, or a condition in the policy language: `arguments: { amount: { lte: 100 } }`. */
  when: z.string().trim().min(1).max(4000),
  durationHours: durationHoursSchema,
  note: reasonSchema,
});

/** Why a request is rejected or withdrawn. */
export const decideAccessRequestSchema = z.strictObject({ note: reasonSchema });

/** One of {@link accessRequestSchema}. */
export type AccessRequestView = z.infer<typeof accessRequestSchema>;

export type AccessRequestState = z.infer<typeof accessRequestStateSchema>;
