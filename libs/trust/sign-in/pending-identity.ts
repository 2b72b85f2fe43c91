import { randomBytes } from 'node:crypto';
import type { Database } from '#libs/platform/db';
import type { Request } from 'express';
import type { SignInClaims } from './oidc-flow.js';
import { renewSession, saveSession } from './session-store.js';

// As long as it takes to type a code.
const LIFETIME_MS = 10 * 60 * 1000;

declare module 'express-session' {
  interface SessionData {
    /** Who signed in at the IdP while setup is open and nobody here knows them: no right comes of it. */
    pendingIdentity: {
      issuer: string;
      subject: string;
      email: string | null;
      name: string | null;
    };
  }
}

/** Whether a setup code waits for the installation's owner; whether it is still good is asked later. */
export const awaitsOwner = async (db: Database, now: Date): Promise<boolean> =>
  (await db.setupCode.count({ where: { usedAt: null, expiresAt: { gt: now } } })) > 0;

/** Remembers, for a few minutes, who it was, so that they can show that they know the setup code. */
export const keepPendingIdentity = async (
  request: Request,
  { issuer, subject, email, name }: SignInClaims,
): Promise<void> => {
  await renewSession(request);
  const { session } = request;
  session.pendingIdentity = { issuer, subject, email, name };
  session.csrfToken = randomBytes(32).toString('base64url');
  session.cookie.maxAge = LIFETIME_MS;
  await saveSession(request);
};
