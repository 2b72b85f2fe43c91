import { Controller, Get, Header, Inject, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CommandRuntime } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { ApiAnswer, Public, RequireMachine } from '#libs/platform/http';
import type { Request } from 'express';
import type { z } from 'zod';
import { SigningKeys } from '../keys/signing-keys.js';
import { ACCESS_TOKEN_TYPE } from '../grants/access-tokens.js';
import { keySetSchema, serverMetadataSchema, tokenAnswerSchema } from './oauth.schemas.js';
import { serverMetadata } from './server-metadata.js';
import { TokenEndpointAuthenticator } from './token-endpoint-authenticator.js';
import { TokenEndpoint } from './token-endpoint.js';

// Shorter than a key is published before it signs: no client sees a signature by a key it does not know.
const KEPT = 'public, max-age=900';

/** The token endpoint, its keys, and what it can do. */
@ApiTags('OAuth')
@Controller()
export class OAuthController {
  constructor(
    private readonly endpoint: TokenEndpoint,
    private readonly signingKeys: SigningKeys,
    private readonly runtime: CommandRuntime,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  @Post('oauth/token')
  @RequireMachine(TokenEndpointAuthenticator)
  @Header('Pragma', 'no-cache')
  @ApiAnswer(200, tokenAnswerSchema)
  async token(@Req() { tokenRequest }: Request): Promise<z.infer<typeof tokenAnswerSchema>> {
    if (tokenRequest === undefined) throw new Error('the authenticator admitted nobody');
    const { token, expiresInSeconds } = await this.endpoint.issue(tokenRequest);
    return {
      access_token: token,
      issued_token_type: ACCESS_TOKEN_TYPE,
      token_type: tokenRequest.thumbprint === null ? 'Bearer' : 'DPoP',
      expires_in: expiresInSeconds,
      scope: tokenRequest.scope,
    };
  }

  @Get('oauth/jwks')
  @Public()
  @Header('Cache-Control', KEPT)
  @ApiAnswer(200, keySetSchema)
  async keys() {
    return { keys: await this.signingKeys.published(this.runtime.clock.now()) };
  }

  @Get('.well-known/oauth-authorization-server')
  @Public()
  @Header('Cache-Control', KEPT)
  @ApiAnswer(200, serverMetadataSchema)
  metadata() {
    return serverMetadata(this.config.publicUrl);
  }
}
