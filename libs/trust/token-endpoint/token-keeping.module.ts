import { Module } from '@nestjs/common';
import { ForgetUsedTokens } from './commands/forget-used-tokens.js';
import { KeepSigningKeys } from './commands/keep-signing-keys.js';
import { TokenKeeping } from './token-keeping.js';

/** What the worker does for our own tokens: needs a global `CommandRuntime` and `SecretBox`. */
@Module({
  providers: [KeepSigningKeys, ForgetUsedTokens, TokenKeeping],
  exports: [KeepSigningKeys, TokenKeeping],
})
export class TokenKeepingModule {}
