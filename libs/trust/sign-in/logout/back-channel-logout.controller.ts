import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiAnswer, Public } from '#libs/platform/http';
import type { z } from 'zod';
import { logoutRequestSchema } from '../sign-in.schemas.js';
import { BackChannelLogout } from './back-channel-logout.js';

/** Where an IdP says that somebody signed out there. */
@ApiTags('Session')
@Controller('api/sign-in')
export class BackChannelLogoutController {
  constructor(private readonly logout: BackChannelLogout) {}

  /** Public, because the signed token in the body is what authenticates it. */
  @Post('back-channel-logout')
  @Public()
  @ApiAnswer(200, null, 'Whatever sessions there were have ended.')
  async end(
    @Body({ schema: logoutRequestSchema }) body: z.infer<typeof logoutRequestSchema>,
  ): Promise<void> {
    await this.logout.end(body.logout_token);
  }
}
