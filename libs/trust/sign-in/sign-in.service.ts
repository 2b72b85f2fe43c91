import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import type { PersonActor } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { RejectionCounter } from '#libs/engine/ledger';
import type { Request } from 'express';
import type { Database } from '#libs/platform/db';
import { StartSession } from './commands/start-session.js';
import { IdentityLinker } from './linking/identity-linker.js';
import type { SignInClaims } from './oidc-flow.js';
import type { SignInAttempt, SignInError } from './oidc.strategy.js';
import { PeopleDirectory } from './people-directory.js';
import type { SignInProvider } from './providers/sign-in-provider.js';
import { endSession, renewSession, saveSession } from './session-store.js';

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
const awaitsOwner = async (db: Database, now: Date): Promise<boolean> =>
  (await db.setupCode.count({ where: { usedAt: null, expiresAt: { gt: now } } })) > 0;

/** Remembers, for a few minutes, who it was, so that they can show that they know the setup code. */
const keepPendingIdentity = async (
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

const rejected = (error: SignInError): string => `/?signInError=${error}`;

/** What comes of the way back from an IdP: a session, or the reason why not. */
@Injectable()
export class SignInService {
  constructor(
    private readonly people: PeopleDirectory,
    private readonly linker: IdentityLinker,
    private readonly startSession: StartSession,
    private readonly rejections: RejectionCounter,
    private readonly runtime: CommandRuntime,
  ) {}

  /** Answers the path to send the browser to. */
  async finish(request: Request, attempt: SignInAttempt): Promise<string> {
    if ('error' in attempt) return rejected(attempt.error);
    const { provider, claims, returnTo } = attempt;
    const person = await this.#identify(provider, claims);
    if (person === undefined) return this.#turnAway(request, claims);
    await this.#save(request, person, claims);
    return (await this.#start(request, person, attempt)) ? returnTo : rejected('unknown_person');
  }

  async #turnAway(request: Request, claims: SignInClaims): Promise<string> {
    const { db, clock } = this.runtime;
    if (await awaitsOwner(db, clock.now())) {
      await keepPendingIdentity(request, claims);
      return '/setup';
    }
    await endSession(request);
    return rejected('unknown_person');
  }

  async #save(request: Request, person: PersonActor, claims: SignInClaims): Promise<void> {
    // A new id: the one from before sign-in, if somebody knew it, is worthless (session fixation).
    await renewSession(request);
    const { session } = request;
    session.personId = person.id;
    session.csrfToken = randomBytes(32).toString('base64url');
    session.startedAt = this.runtime.clock.now().toISOString();
    session.issuer = claims.issuer;
    session.idpSubject = claims.idpSubject;
    if (claims.idpSession !== null) session.idpSession = claims.idpSession;
    // express-session would send the redirect first, and the browser would be back before it saved.
    await saveSession(request);
  }

  async #identify(
    provider: SignInProvider,
    claims: SignInClaims,
  ): Promise<PersonActor | undefined> {
    const { issuer, subject } = claims;
    const known = await this.people.bySubject(issuer, subject);
    if (known !== undefined) return known.actor;
    await this.linker.link(provider, claims);
    const linked = await this.people.bySubject(issuer, subject);
    // Nobody that we have a name for: counted, so that it cannot fill the ledger.
    if (linked === undefined) this.rejections.count('unknown_person', 'sign-in');
    return linked?.actor;
  }

  // The saved session is nobody's until this has committed: its cookie has not been sent.
  async #start(
    request: Request,
    person: PersonActor,
    { provider, claims }: Exclude<SignInAttempt, { error: SignInError }>,
  ): Promise<boolean> {
    const actor = { ...person, sessionId: request.sessionID };
    try {
      await this.startSession.execute(actor, {
        personId: person.id,
        issuer: claims.issuer,
        subject: claims.subject,
        issuedAt: claims.issuedAt.toISOString(),
        issuerUpdatedAt: provider.issuerUpdatedAt?.toISOString() ?? null,
      });
      return true;
    } catch (error) {
      await endSession(request);
      if (error instanceof DomainError && error.code === 'unauthenticated') return false;
      throw error;
    }
  }
}
