import { Inject, Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { Authenticator, type SignedIn } from '#libs/platform/http';
import type { Request } from 'express';
import { PeopleDirectory } from './people-directory.js';
import { endSession } from './session-store.js';

/** Who a request comes from, by the console's session; roles are read anew each time. */
@Injectable()
export class SessionAuthenticator extends Authenticator {
  constructor(
    private readonly people: PeopleDirectory,
    @Inject(CONFIG) private readonly config: Config,
    private readonly runtime: CommandRuntime,
  ) {
    super();
  }

  async signedIn(request: Request): Promise<SignedIn | undefined> {
    const { personId, csrfToken, startedAt } = request.session ?? {};
    if (personId === undefined || csrfToken === undefined || startedAt === undefined)
      return undefined;
    const expiresAt = this.endOf(startedAt);
    const isOver = this.runtime.clock.now() >= expiresAt;
    const person = isOver ? undefined : await this.people.byId(personId);
    if (person === undefined || person.disabled) {
      await endSession(request);
      return undefined;
    }
    const actor = { ...person.actor, sessionId: request.sessionID };
    return { actor, csrfToken, expiresAt: expiresAt.toISOString() };
  }

  private endOf(startedAt: string): Date {
    const absoluteSeconds = this.config.signIn?.absoluteSeconds ?? 0;
    return new Date(Date.parse(startedAt) + absoluteSeconds * 1000);
  }
}
