import { idSchema, lineSchema, reasonSchema, timeSchema } from '#libs/platform/http';
import { z } from 'zod';

/** What POST /api/v1/signing-keys/rotate takes. */
export const rotateSigningKeySchema = z.strictObject({
  reason: reasonSchema,
  /** Withdraws every key at once: tokens that they signed are rejected from then on. */
  compromised: z.boolean().default(false),
});

/** A signing key as the console shows it. */
export const signingKeySchema = z.object({
  id: idSchema,
  algorithm: z.string(),
  createdAt: timeSchema,
  signsFrom: timeSchema,
  signsUntil: timeSchema,
  publishedUntil: timeSchema,
  isSigning: z.boolean(),
});

/** What GET /api/v1/signing-keys answers; there are never many. */
export const signingKeyListSchema = z.object({ items: z.array(signingKeySchema) });

const MAX_TOKEN_LENGTH = 8_192;

/** One access token: itself, or what names it. */
export const revokeAccessTokenSchema = z.union([
  z.strictObject({ token: z.string().trim().min(1).max(MAX_TOKEN_LENGTH), reason: reasonSchema }),
  z.strictObject({
    issuer: z.url().max(500),
    /** Its `jti`. */
    tokenId: lineSchema(500),
    /** When it expires: until then it is remembered as revoked. */
    expiresAt: timeSchema,
    reason: reasonSchema,
  }),
]);

/** Which token was revoked. */
export const revokedTokenSchema = z.object({
  issuer: z.string(),
  tokenId: z.string(),
  expiresAt: timeSchema,
});
