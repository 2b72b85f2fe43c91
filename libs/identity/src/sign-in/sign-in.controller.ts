import { Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiAnswer, CurrentActor, Public, RequireSignIn, type PersonActor } from '#libs/http';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { SESSION_COOKIE, SESSION_COOKIE_OPTIONS } from './console-session.js';
import { IdentityProvider } from './identity-provider.js';
import { SignInGuard, type SignInAttempt } from './sign-in.guard.js';
import { signInQuerySchema, signOutSchema } from './sign-in.schemas.js';
import { SignInService } from './sign-in.service.js';

/** The way to the company's IdP and back. */
@ApiTags('Session')
@Controller('api')
export class SignInController {
  constructor(
    private readonly service: SignInService,
    private readonly idp: IdentityProvider,
  ) {}

  /** Comes here only when the guard could not send the browser to the IdP. */
  @Get('sign-in')
  @Public()
  @UseGuards(SignInGuard)
  @ApiAnswer(302, null, 'To the IdP, or back to the console with the reason why not.')
  async begin(
    @Req() request: Request,
    @Res() response: Response,
    @Query({ schema: signInQuerySchema }) _query: z.infer<typeof signInQuerySchema>,
  ) {
    response.redirect(await this.service.finish(request, request.user as SignInAttempt));
  }

  @Get('sign-in/callback')
  @Public()
  @UseGuards(SignInGuard)
  @ApiAnswer(302, null, 'Back to the console, signed in or with the reason why not.')
  async finish(@Req() request: Request, @Res() response: Response) {
    response.redirect(await this.service.finish(request, request.user as SignInAttempt));
  }

  @Post('sign-out')
  @RequireSignIn()
  @ApiAnswer(200, signOutSchema)
  async signOut(
    @CurrentActor() actor: PersonActor,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    await this.service.signOut(request, actor);
    response.clearCookie(SESSION_COOKIE, SESSION_COOKIE_OPTIONS);
    return { redirectTo: await this.idp.endSessionUrl() };
  }
}
