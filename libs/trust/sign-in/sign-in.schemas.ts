import { idSchema } from '#libs/platform/http';
import { z } from 'zod';
import { DEFAULT_PROVIDER } from './providers/sign-in-provider.js';

/** An IdP by its key: the environment's is `default`, any other has its issuer's id. */
const providerKeySchema = z.union([z.literal(DEFAULT_PROVIDER), idSchema]);

/** At which IdP, and where to come back to in the console: anything but a path of ours means the front page. */
export const signInQuerySchema = z.object({
  provider: providerKeySchema.default(DEFAULT_PROVIDER),
  returnTo: z.string().max(500).optional(),
});

/** The IdP whose answer comes to this address. */
export const callbackParamsSchema = z.strictObject({ provider: idSchema });

/** The IdPs at which people sign in: nothing but what a button needs. */
export const signInProvidersSchema = z.object({
  items: z.array(z.object({ id: providerKeySchema, label: z.string() })),
});

/** Where the browser goes to end its session at the IdP as well. */
export const signOutSchema = z.object({ redirectTo: z.string() });

/** How many sessions were ended, and where the browser ends the one at the IdP. */
export const signOutEverywhereSchema = signOutSchema.extend({ sessionsEnded: z.int().min(0) });

/** What an IdP sends to end sessions; other fields are for others (Back-Channel Logout 1.0 §2.5). */
export const logoutRequestSchema = z.looseObject({ logout_token: z.string().min(1).max(10_000) });
