import { lineSchema } from '#libs/platform/http';
import { z } from 'zod';

/** Who signed in at the IdP while nobody here knows them: in the session until they claim or it ends. */
export const pendingIdentitySchema = z.object({
  issuer: z.url().max(500),
  subject: z.string().min(1).max(255),
  // Only shown: what the IdP says in another form is left out.
  email: lineSchema(254).nullable().catch(null),
  name: lineSchema(200).nullable().catch(null),
});

/** One of {@link pendingIdentitySchema}. */
export type PendingIdentity = z.infer<typeof pendingIdentitySchema>;

/** Whether an owner can be made, and who would be it. */
export const setupSchema = z.object({
  isOpen: z.boolean(),
  /** Who signed in at the IdP without being known here. */
  identity: z.object({ name: z.string().nullable(), email: z.string().nullable() }).nullable(),
  /** Send it as `X-CSRF-Token` with the code. */
  csrfToken: z.string().nullable(),
});

/** The code that the api printed. */
export const claimSetupSchema = z.strictObject({ code: z.string().min(1).max(100) });

/** They are the owner now; signing in again makes their session. */
export const claimedSchema = z.object({ signInUrl: z.string() });
