import { Controller, Get, Param, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiAnswer, Public } from '#libs/platform/http';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { SignInAttempt } from './oidc.strategy.js';
import { SignInProviders } from './providers/sign-in-providers.js';
import { SignInGuard } from './sign-in.guard.js';
import {
  callbackParamsSchema,
  signInProvidersSchema,
  signInQuerySchema,
} from './sign-in.schemas.js';
import { SignInService } from './sign-in.service.js';

const BACK = 'Back to the console, signed in or with the reason why not.';

/** The way to the company's IdPs and back. */
@ApiTags('Session')
@Controller('api/sign-in')
export class SignInController {
  constructor(
    private readonly service: SignInService,
    private readonly providers: SignInProviders,
  ) {}

  /** Comes here only when the guard could not send the browser to the IdP. */
  @Get()
  @Public()
  @UseGuards(SignInGuard)
  @ApiAnswer(302, null, 'To the IdP, or back to the console with the reason why not.')
  async begin(
    @Req() request: Request,
    @Res() response: Response,
    @Query({ schema: signInQuerySchema }) _query: z.infer<typeof signInQuerySchema>,
  ) {
    response.redirect(await this.service.finish(request, attemptOf(request)));
  }

  @Get('providers')
  @Public()
  @ApiAnswer(200, signInProvidersSchema)
  async list() {
    const providers = await this.providers.list();
    return { items: providers.map(({ key, label }) => ({ id: key, label })) };
  }

  @Get('callback')
  @Public()
  @UseGuards(SignInGuard)
  @ApiAnswer(302, null, BACK)
  async finish(@Req() request: Request, @Res() response: Response) {
    response.redirect(await this.service.finish(request, attemptOf(request)));
  }

  @Get('callback/:provider')
  @Public()
  @UseGuards(SignInGuard)
  @ApiAnswer(302, null, BACK)
  async finishAt(
    @Req() request: Request,
    @Res() response: Response,
    @Param({ schema: callbackParamsSchema }) _params: z.infer<typeof callbackParamsSchema>,
  ) {
    response.redirect(await this.service.finish(request, attemptOf(request)));
  }
}

const attemptOf = (request: Request): SignInAttempt => request.user as SignInAttempt;
