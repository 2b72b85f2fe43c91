import { join } from 'node:path';
import { z } from 'zod';
import { readHint, writePrivateFile } from './home.js';

const lastStartSchema = z.object({
  publicUrl: z.url(),
  issuer: z.url(),
  audience: z.url(),
  /** How one of the sandbox’s people signs in, and with which agent; older versions did not say. */
  people: z
    .object({ clientId: z.string(), password: z.string(), agent: z.string().optional() })
    .optional(),
});

/** What the command line must know of the last `npm start`. */
export type LastStart = z.infer<typeof lastStartSchema>;

const pathIn = (home: string): string => join(home, 'last-start.json');

/** Remembers a start for the command line. */
export const rememberStart = (home: string, start: LastStart): void =>
  writePrivateFile(pathIn(home), JSON.stringify(start));

/** The last start of this home, as far as it is known. */
export const lastStart = (home: string): LastStart | null =>
  readHint(pathIn(home), lastStartSchema);
