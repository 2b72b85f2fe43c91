import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiAnswer, CurrentActor, RequireSignIn, type PersonActor } from '#libs/platform/http';
import type { Request, Response } from 'express';
import { SESSION_COOKIE, SESSION_COOKIE_OPTIONS } from './console-session.js';
import { signOutEverywhereSchema, signOutSchema } from './sign-in.schemas.js';
import { SignOutService } from './sign-out.service.js';

/** Leaving the console: here, or everywhere. */
@ApiTags('Session')
@Controller('api/v1')
export class SignOutController {
  constructor(private readonly service: SignOutService) {}

  @Post('sign-out')
  @RequireSignIn()
  @ApiAnswer(200, signOutSchema)
  async here(
    @CurrentActor() actor: PersonActor,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const redirectTo = await this.service.here(request, actor);
    response.clearCookie(SESSION_COOKIE, SESSION_COOKIE_OPTIONS);
    return { redirectTo };
  }

  @Post('session/end-all')
  @RequireSignIn()
  @ApiAnswer(200, signOutEverywhereSchema)
  async everywhere(
    @CurrentActor() actor: PersonActor,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const left = await this.service.everywhere(request, actor);
    response.clearCookie(SESSION_COOKIE, SESSION_COOKIE_OPTIONS);
    return left;
  }
}
