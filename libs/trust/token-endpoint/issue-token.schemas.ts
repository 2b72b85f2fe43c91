import { idSchema, timeSchema } from '#libs/platform/http';
import { MAX_ACTORS } from '#libs/trust/authorization-liveness';
import { z } from 'zod';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
// A client has few, with other conditions each; what is over it fails, and nothing is issued.
const MAX_BINDINGS = 32;
/** A token that is exchanged for itself over and over is not carried along for ever. */
export const MAX_DERIVED_FROM = 32;
const derivedFrom = <T extends z.ZodType>(of: T) => z.array(of).max(MAX_DERIVED_FROM);

/** What of a presented token decides whether it is still valid. */
const presentedTokenSchema = z.strictObject({
  issuerId: idSchema.nullable(),
  issuer: z.string(),
  subject: z.string(),
  clientId: z.string().nullable(),
  tokenId: z.string().max(8_192).nullable(),
  issuedAt: z.date().nullable(),
  actors: z.array(z.string()),
  keyId: z.string().nullable(),
  bindingId: z.string().nullable(),
  derivedFrom: z.strictObject({
    tokens: derivedFrom(digest),
    issuerIds: derivedFrom(idSchema),
    bindingIds: derivedFrom(idSchema),
  }),
});

/** What the token endpoint has found out by the time that a token is issued. */
export const issueTokenSchema = z.strictObject({
  agentId: idSchema,
  bindingId: idSchema,
  grant: z.enum(['client_credentials', 'token_exchange', 'id_jag']),
  authenticationMethod: z.enum(['client_assertion', 'actor_token', 'subject_token']),
  /** When the agent signed its client assertion; null where a token names it. */
  assertedAt: z.date().nullable(),
  agentToken: presentedTokenSchema.nullable(),
  subjectToken: presentedTokenSchema.nullable(),
  /** On whose behalf; null: on its own. */
  subject: z
    .strictObject({
      personId: idSchema,
      identifiedBy: z.enum(['subject_token', 'delegation', 'id_jag']),
      delegationId: idSchema.nullable(),
      issuedTo: z
        .array(z.strictObject({ bindingId: idSchema, agentId: idSchema }))
        .max(MAX_BINDINGS),
      actors: z.array(idSchema).min(1).max(MAX_ACTORS),
    })
    .nullable(),
  scope: z.string().min(1).max(2_000),
  thumbprint: z.string().max(100).nullable(),
  expiresAt: timeSchema,
});

/** The input of the command that issues a token. */
export type IssueTokenInput = z.infer<typeof issueTokenSchema>;
