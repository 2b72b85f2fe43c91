import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiAnswer, Public, RequireMachine } from '#libs/platform/http';
import type { Request } from 'express';
import type { z } from 'zod';
import { SetupAuthenticator } from './setup.authenticator.js';
import { claimedSchema, claimSetupSchema, setupSchema } from './setup.schemas.js';
import { Setup } from './setup.service.js';

/** A fresh installation's way to its first person. */
@ApiTags('Setup')
@Controller('api/v1/setup')
export class SetupController {
  constructor(
    private readonly setup: Setup,
    private readonly authenticator: SetupAuthenticator,
  ) {}

  @Get()
  @Public()
  @ApiAnswer(200, setupSchema)
  async get(@Req() request: Request) {
    const pending = this.authenticator.pending(request);
    return {
      isOpen: await this.setup.isOpen(),
      identity: pending && { name: pending.identity.name, email: pending.identity.email },
      csrfToken: pending?.csrfToken ?? null,
    };
  }

  @Post()
  @RequireMachine(SetupAuthenticator)
  @ApiAnswer(200, claimedSchema)
  async claim(
    @Req() request: Request,
    @Body({ schema: claimSetupSchema }) { code }: z.infer<typeof claimSetupSchema>,
  ) {
    await this.setup.claim(this.authenticator.claimantOf(request), code);
    return { signInUrl: '/api/sign-in' };
  }
}
