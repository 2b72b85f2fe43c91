import { z } from 'zod';

/** Where to come back to in the console; anything but a path of ours means the front page. */
export const signInQuerySchema = z.object({ returnTo: z.string().max(500).optional() });

/** Where the browser goes to end its session at the IdP as well. */
export const signOutSchema = z.object({ redirectTo: z.string() });
