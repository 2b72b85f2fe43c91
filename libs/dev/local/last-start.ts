import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivateFile } from './home.js';

const lastStartSchema = z.object({
  pid: z.number().int(),
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

/** The last start of this home, or null when there was none. */
export const lastStart = (home: string): LastStart | null => {
  if (!existsSync(pathIn(home))) return null;
  const read = lastStartSchema.safeParse(JSON.parse(readFileSync(pathIn(home), 'utf8')));
  return read.success ? read.data : null;
};
