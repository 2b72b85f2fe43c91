import type { SignInConfig } from '#libs/platform/config';
import type { Logger } from '#libs/platform/telemetry';
import connectPgSimple from 'connect-pg-simple';
import type { RequestHandler } from 'express';
import session from 'express-session';

/** The console's cookie: bound to this host, never to a page's script, never to plain HTTP. */
export const SESSION_COOKIE = '__Host-gatehouse';
/** How it is set, and how it is removed. */
export const SESSION_COOKIE_OPTIONS = {
  httpOnly: true,
  secure: true,
  sameSite: 'lax',
  path: '/',
} as const;

declare module 'express-session' {
  // Only what finds the person again: roles are read anew on every request.
  interface SessionData {
    personId: string;
    csrfToken: string;
    /** ISO 8601; the absolute lifetime counts from here. */
    startedAt: string;
    /** Where they signed in, and what the IdP calls them and its own session: it may end ours by these. */
    issuer: string;
    idpSubject: string;
    idpSession: string;
  }
}

/** The express-session handler and what it holds open. */
export interface ConsoleSessions {
  handler: RequestHandler;
  close(): Promise<void>;
}

/**
 * Server-side sessions in PostgreSQL. A session ends `idleSeconds` after its last request; the cookie
 * itself is gone with the browser.
 */
export const consoleSessions = (
  config: SignInConfig,
  databaseUrl: string,
  logger: Logger,
): ConsoleSessions => {
  const Store = connectPgSimple(session);
  const store = new Store({
    conObject: { connectionString: databaseUrl, max: 4 },
    tableName: 'console_session',
    createTableIfMissing: false,
    ttl: config.idleSeconds,
    errorLog: () => logger.warn('the store of console sessions reported an error'),
  });
  const handler = session({
    store,
    name: SESSION_COOKIE,
    secret: config.sessionSecret,
    resave: false,
    saveUninitialized: false,
    unset: 'destroy',
    cookie: { ...SESSION_COOKIE_OPTIONS },
  });
  return { handler, close: async () => store.close() };
};
