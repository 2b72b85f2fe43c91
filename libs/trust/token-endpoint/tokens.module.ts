import { Module } from '@nestjs/common';
import { IssueToken } from './commands/issue-token.js';
import { MaintainSigningKeys } from './commands/maintain-signing-keys.js';
import { RevokeAccessToken } from './commands/revoke-access-token.js';
import { RotateSigningKey } from './commands/rotate-signing-key.js';
import { OAuthController } from './endpoint/oauth.controller.js';
import { TokenEndpointAuthenticator } from './endpoint/token-endpoint-authenticator.js';
import { TokenEndpoint } from './endpoint/token-endpoint.js';
import { SigningKeys } from './keys/signing-keys.js';
import { SigningKeyQueries } from './signing-keys.queries.js';
import { TokensController } from './tokens.controller.js';
import { TrustReader } from './trust/trust-reader.js';
import { UsedTokenIds } from './trust/used-token-ids.js';

/**
 * Our own access tokens: needs a global `Database`, `CommandRuntime`, `CONFIG`, `RejectionCounter`,
 * `TokenVerifier` and `SecretBox`.
 */
@Module({
  controllers: [OAuthController, TokensController],
  providers: [
    SigningKeys,
    SigningKeyQueries,
    TrustReader,
    UsedTokenIds,
    TokenEndpoint,
    TokenEndpointAuthenticator,
    MaintainSigningKeys,
    IssueToken,
    RotateSigningKey,
    RevokeAccessToken,
  ],
  exports: [RotateSigningKey, RevokeAccessToken],
})
export class TokensModule {}
