import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/commands';
import { DomainError } from '#libs/kernel';
import { RefusalCounter } from '#libs/ledger';
import type { PersonActor } from '#libs/http';
import type { Request } from 'express';
import { EndSession } from './commands/end-session.js';
import { StartSession } from './commands/start-session.js';
import type { SignInClaims } from './oidc.strategy.js';
import { PeopleDirectory } from './people-directory.js';
import { endSession, renewSession, saveSession } from './session-store.js';
import type { SignInAttempt } from './sign-in.guard.js';

/** Why nobody was signed in; the console shows a sentence for each. */
export type SignInError = 'unknown_person' | 'no_role' | 'idp_unavailable' | 'failed';

/** Turns what the IdP said into a session, or into the reason why not. */
@Injectable()
export class SignInService {
  constructor(
    private readonly people: PeopleDirectory,
    private readonly startSession: StartSession,
    private readonly endSessionCommand: EndSession,
    private readonly refusals: RefusalCounter,
    private readonly runtime: CommandRuntime,
  ) {}

  /** Answers the path to send the browser to. */
  async finish(request: Request, attempt: SignInAttempt): Promise<string> {
    const { returnTo } = request.session;
    const outcome = 'error' in attempt ? attempt.error : await this.admit(attempt.claims);
    if (typeof outcome === 'string') {
      // Any page can send a browser here: only who came back from the IdP may end a session.
      const isStray = 'error' in attempt && request.session.personId !== undefined;
      if (!isStray) await endSession(request);
      return `/?signInError=${outcome}`;
    }
    // A new id: whoever knew the one from before sign-in has nothing (session fixation).
    await renewSession(request);
    request.session.personId = outcome.id;
    request.session.csrfToken = randomBytes(32).toString('base64url');
    request.session.startedAt = this.runtime.clock.now().toISOString();
    // express-session would send the redirect first, and the browser would be back before it saved.
    await saveSession(request);
    return returnTo ?? '/';
  }

  /** Ends the session of the signed-in person. */
  async signOut(request: Request, actor: PersonActor): Promise<void> {
    await this.endSessionCommand.execute(actor, { personId: actor.id });
    await endSession(request);
  }

  private async admit({ issuer, subject }: SignInClaims): Promise<PersonActor | SignInError> {
    const person = await this.people.bySubject(issuer, subject);
    if (person === undefined) {
      // Nobody that we have a name for: counted, so that it cannot fill the ledger.
      this.refusals.count('unknown_person', 'sign-in');
      return 'unknown_person';
    }
    try {
      await this.startSession.execute(person.actor, { personId: person.actor.id });
      return person.actor;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'forbidden') return 'no_role';
      if (error instanceof DomainError && error.code === 'unauthenticated') return 'unknown_person';
      throw error;
    }
  }
}
