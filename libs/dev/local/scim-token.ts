import { join } from 'node:path';
import { z } from 'zod';
import { readHint, writePrivateFile } from './home.js';

const scimTokenSchema = z.object({ token: z.string(), expiresAt: z.iso.datetime() });

/** The sandbox's SCIM bearer token, and until when it works. */
export type LocalScimToken = z.infer<typeof scimTokenSchema>;

const pathIn = (home: string): string => join(home, 'sandbox-scim-token.json');

/** Keeps it for the command line: the system has only its hash. */
export const rememberScimToken = (home: string, token: LocalScimToken): void =>
  writePrivateFile(pathIn(home), JSON.stringify(token));

/** The token that was kept, or null when there is none. */
export const localScimToken = (home: string): LocalScimToken | null =>
  readHint(pathIn(home), scimTokenSchema);
