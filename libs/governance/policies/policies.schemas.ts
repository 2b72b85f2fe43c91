import {
  idSchema,
  pageOf,
  pageQuerySchema,
  personRefSchema,
  reasonSchema,
  refSchema,
  slugSchema,
  textSchema,
  timeSchema,
} from '#libs/platform/http';
import { z } from 'zod';

/** `in_review → active → archived`, or `in_review → rejected`. */
export const policyVersionStateSchema = z.enum(['in_review', 'active', 'archived', 'rejected']);

/** `access_grant`: one narrow rule that ends by itself, from an access request; IT publishes it. */
export const policyKindSchema = z.enum(['policy', 'access_grant']);

/** One thing wrong, or worth a look, in a policy's text. Lines and columns start at 1. */
export const policyProblemSchema = z.object({
  severity: z.enum(['error', 'warning']),
  line: z.number().int(),
  column: z.number().int(),
  rule: z.string().nullable(),
  message: z.string(),
});

/** One immutable version, as lists show it. */
export const policyVersionSchema = z.object({
  id: idSchema,
  policy: refSchema,
  kind: policyKindSchema,
  number: z.number().int(),
  state: policyVersionStateSchema,
  note: z.string(),
  /** Null: seeded with the installation. */
  proposedBy: personRefSchema.nullable(),
  proposedAt: timeSchema,
  decidedBy: personRefSchema.nullable(),
  decidedAt: timeSchema.nullable(),
  decisionNote: z.string().nullable(),
  /** Who asked for the access grant; null for a policy. */
  accessRequest: z.object({ id: idSchema, requestedBy: personRefSchema }).nullable(),
});

/** A name in a version of something that is called otherwise today; the rule selects it all the same. */
export const renamedSchema = z.object({
  kind: z.enum(['agent', 'team', 'group', 'server']),
  name: z.string(),
  /** Null: it no longer exists. */
  currentName: z.string().nullable(),
});

/** One version with its text and what it would change. */
export const policyVersionDetailSchema = policyVersionSchema.extend({
  /** As it was decided. */
  text: z.string(),
  /** With the names of today. */
  currentText: z.string(),
  renamed: z.array(renamedSchema),
  /** False: what is stored as its text is none, so no rule of it is in force, or could be. */
  isReadable: z.boolean(),
  /** The text it was based on, null for a policy's first version. */
  basedOn: z
    .object({ id: idSchema, number: z.number().int(), text: z.string(), currentText: z.string() })
    .nullable(),
  /** What waits for the person who confirms its publication; null: its publication must be proposed, again. */
  proposedChange: z
    .object({
      id: idSchema,
      expiresAt: timeSchema,
      /** Whether the reader can confirm it now; if not, why. */
      canConfirm: z.boolean(),
      whyNotConfirm: z.string().nullable(),
    })
    .nullable(),
  /** False when another version became active since it was written. */
  publishable: z.boolean(),
  /** Agent by tool, where the answer would differ if it were published now. */
  impact: z.array(
    z.object({
      agent: refSchema,
      tool: z.object({ id: idSchema, server: z.string(), name: z.string() }),
      before: z.enum(['allow', 'deny', 'conditional']),
      after: z.enum(['allow', 'deny', 'conditional']),
    }),
  ),
});

export const policyVersionPageSchema = pageOf(policyVersionSchema);

export const listPolicyVersionsQuerySchema = pageQuerySchema.extend({
  policyId: idSchema.optional(),
  state: policyVersionStateSchema.optional(),
  kind: policyKindSchema.optional(),
});

/** The query of the policies' list: access grants are many and short-lived, so one asks for them. */
export const listPoliciesQuerySchema = pageQuerySchema.extend({
  kind: policyKindSchema.default('policy'),
});

/** A policy as lists show it. */
export const policySchema = z.object({
  id: idSchema,
  kind: policyKindSchema,
  name: z.string(),
  description: z.string(),
  createdAt: timeSchema,
  active: policyVersionSchema.nullable(),
  inReviewCount: z.number().int(),
  ruleCount: z.number().int(),
  /** False: what is stored as its active text is none, so no rule of it is in force. */
  isReadable: z.boolean(),
});

/** One policy with its active text, as it was decided and with the names of today. */
export const policyDetailSchema = policySchema.extend({
  text: z.string().nullable(),
  currentText: z.string().nullable(),
  renamed: z.array(renamedSchema),
});

export const policyPageSchema = pageOf(policySchema);

/** A policy's text: YAML, at most 256 KB. */
export const policyTextSchema = z.string().min(1).max(262_144);

/** Check a text as one types. */
export const validatePolicySchema = z.strictObject({
  /** Of which policy it would be a version; null or absent: of a new one. */
  policyId: idSchema.nullish(),
  text: policyTextSchema,
});

/** What is wrong with it; `valid` when it could be proposed (warnings allowed). */
export const policyValidationSchema = z.object({
  valid: z.boolean(),
  ruleCount: z.number().int(),
  problems: z.array(policyProblemSchema),
});

/** Propose a new version of a policy, or the first one of a new policy. */
export const proposePolicySchema = z.union([
  z.strictObject({
    policyId: idSchema,
    /** The version the author started from; null when none is active. */
    basedOnId: idSchema.nullable(),
    text: policyTextSchema,
    note: reasonSchema,
  }),
  z.strictObject({
    name: slugSchema(64),
    description: textSchema(500).default(''),
    text: policyTextSchema,
    note: reasonSchema,
  }),
]);

/** Propose a rule that denies one tool to one agent, in one step. */
export const proposeDenialSchema = z.strictObject({
  agentId: idSchema,
  toolId: idSchema,
  reason: reasonSchema,
});

/** Why an access grant ends before its time. */
export const revokeAccessGrantSchema = z.strictObject({ reason: reasonSchema });

/** Why a version is published or rejected. */
export const decidePolicySchema = z.strictObject({ note: reasonSchema });
