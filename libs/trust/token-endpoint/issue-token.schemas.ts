import { idSchema, timeSchema } from '#libs/platform/http';
import { z } from 'zod';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const MAX_ACTORS = 4;
// A token that is exchanged for itself over and over is not carried along for ever.
const MAX_RESTS_ON = 32;

/** What the token endpoint has found out by the time that a token is issued. */
export const issueTokenSchema = z.strictObject({
  agentId: idSchema,
  bindingId: idSchema,
  agentProvenAt: timeSchema.nullable(),
  grant: z.enum(['client_credentials', 'token_exchange', 'id_jag']),
  authenticationMethod: z.enum(['client_assertion', 'actor_token', 'subject_token']),
  subject: z
    .strictObject({
      personId: idSchema,
      proof: z.enum(['signed_token', 'delegation', 'id_jag']),
      delegationId: idSchema.nullable(),
      proofDigest: digest.nullable(),
      provenAt: timeSchema.nullable(),
      actors: z.array(idSchema).min(1).max(MAX_ACTORS),
      actedBefore: z.array(idSchema).max(MAX_ACTORS).default([]),
    })
    .nullable(),
  scope: z.string().min(1).max(2_000),
  thumbprint: z.string().max(100).nullable(),
  expiresAt: timeSchema,
  issuerIds: z.array(idSchema).max(3),
  tokens: z.array(z.strictObject({ issuer: z.string(), tokenId: z.string().max(8_192) })).max(3),
  derivedFrom: z
    .strictObject({
      tokens: z.array(digest).max(MAX_RESTS_ON),
      issuerIds: z.array(idSchema).max(MAX_RESTS_ON),
      bindingIds: z.array(idSchema).max(MAX_RESTS_ON),
    })
    .default({ tokens: [], issuerIds: [], bindingIds: [] }),
});

/** The input of the command that issues a token. */
export type IssueTokenInput = z.infer<typeof issueTokenSchema>;
