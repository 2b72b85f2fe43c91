import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { rulesOf } from '#libs/platform/access';
import { CONFIG, type Config } from '#libs/platform/config';
import { ApiAnswer, CurrentActor, RequireSignIn, type PersonActor } from '#libs/platform/http';
import type { Request } from 'express';
import type { z } from 'zod';
import { IDENTITY_CONFIRMERS } from './privileged-roles.js';
import { PeopleQueries } from './people.queries.js';
import { sessionSchema } from './people.schemas.js';

/** Who is signed in: the first thing that the console asks. */
@ApiTags('Session')
@Controller('api/v1/session')
export class SessionController {
  constructor(
    private readonly people: PeopleQueries,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @RequireSignIn()
  @ApiAnswer(200, sessionSchema)
  async get(
    @CurrentActor() actor: PersonActor,
    @Req() { signedIn }: Request,
  ): Promise<z.input<typeof sessionSchema>> {
    if (signedIn === undefined) throw new Error('the access guard let nobody in');
    const self = await this.people.self(actor.id);
    const { emergency, coolOffUntil, unconfirmedRoles, ...person } = self;
    return {
      // The roles that the session's rights were made of, not those of a moment later.
      person: { ...person, roles: [...actor.roles] },
      coolingOffRoles: (actor.coolingOffRoles ?? []).map((role) => ({
        role,
        until: coolOffUntil.get(role)?.toISOString() ?? null,
      })),
      unconfirmedRoles: unconfirmedRoles.map((role) => ({
        role,
        confirmedBy: [...IDENTITY_CONFIRMERS],
      })),
      emergency: emergency && { id: emergency.id, expiresAt: emergency.expiresAt.toISOString() },
      csrfToken: signedIn.csrfToken,
      rules: rulesOf(actor),
      expiresAt: signedIn.expiresAt,
      idleSeconds: this.config.signIn?.idleSeconds ?? 0,
      sandbox: this.config.sandbox,
    };
  }
}
