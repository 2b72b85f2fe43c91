import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiAnswer, CurrentActor, RequirePermission, type PersonActor } from '#libs/platform/http';
import type { z } from 'zod';
import { RevokeAccessToken } from './commands/revoke-access-token.js';
import { RotateSigningKey } from './commands/rotate-signing-key.js';
import { SigningKeyQueries } from './signing-keys.queries.js';
import {
  revokeAccessTokenSchema,
  revokedTokenSchema,
  rotateSigningKeySchema,
  signingKeyListSchema,
} from './tokens.schemas.js';

/** Access tokens and the keys of our own ones, for the console. */
@ApiTags('Tokens')
@Controller('api/v1')
export class TokensController {
  constructor(
    private readonly signingKeys: SigningKeyQueries,
    private readonly rotateSigningKey: RotateSigningKey,
    private readonly revokeAccessToken: RevokeAccessToken,
  ) {}

  @Get('signing-keys')
  @RequirePermission('read', 'SigningKey')
  @ApiAnswer(200, signingKeyListSchema)
  list() {
    return this.signingKeys.list();
  }

  @Post('signing-keys/rotate')
  @RequirePermission('rotate', 'SigningKey')
  @ApiAnswer(200, signingKeyListSchema)
  async rotate(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: rotateSigningKeySchema }) body: z.infer<typeof rotateSigningKeySchema>,
  ) {
    await this.rotateSigningKey.execute(actor, body);
    return this.signingKeys.list();
  }

  @Post('access-tokens/revoke')
  @RequirePermission('revoke', 'AccessToken')
  @ApiAnswer(200, revokedTokenSchema)
  revoke(
    @CurrentActor() actor: PersonActor,
    @Body({ schema: revokeAccessTokenSchema }) body: z.infer<typeof revokeAccessTokenSchema>,
  ) {
    return this.revokeAccessToken.execute(actor, body);
  }
}
