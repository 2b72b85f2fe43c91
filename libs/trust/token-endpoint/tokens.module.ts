import { Module } from '@nestjs/common';
import { IssueToken } from './commands/issue-token.js';
import { RevokeAccessToken } from './commands/revoke-access-token.js';
import { RotateSigningKey } from './commands/rotate-signing-key.js';
import { OAuthController } from './endpoint/oauth.controller.js';
import { TokenDoor } from './endpoint/token-door.js';
import { TokenEndpoint } from './endpoint/token-endpoint.js';
import { SigningKeys } from './keys/signing-keys.js';
import { SigningKeyQueries } from './signing-keys.queries.js';
import { TokenKeepingModule } from './token-keeping.module.js';
import { TokensController } from './tokens.controller.js';
import { TrustReader } from './trust/trust-reader.js';
import { UsedTokenIds } from './trust/used-token-ids.js';

/**
 * Our own access tokens: needs a global `Database`, `CommandRuntime`, `CONFIG`, `RefusalCounter`,
 * `TokenVerifier` and `SecretBox`.
 */
@Module({
  imports: [TokenKeepingModule],
  controllers: [OAuthController, TokensController],
  providers: [
    SigningKeys,
    SigningKeyQueries,
    TrustReader,
    UsedTokenIds,
    TokenEndpoint,
    TokenDoor,
    IssueToken,
    RotateSigningKey,
    RevokeAccessToken,
  ],
  exports: [TokenKeepingModule, RotateSigningKey, RevokeAccessToken],
})
export class TokensModule {}
