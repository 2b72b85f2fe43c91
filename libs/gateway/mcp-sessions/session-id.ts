import { createHash, randomBytes } from 'node:crypto';

const ID = /^[A-Za-z0-9_-]{43}$/;

/** A session's id, as a client gets and presents it: 256 random bits, of which only the digest is kept. */
export const newSessionId = (): string => randomBytes(32).toString('base64url');

/** Whether a text has an id's form; anything else is looked up nowhere. */
export const isSessionId = (text: string): boolean => ID.test(text);

/** By which a session is found. */
export const digestOfSessionId = (id: string): string =>
  createHash('sha256').update(id).digest('hex');
