import { Module } from '@nestjs/common';
import { PurgeUsedTokens } from './commands/purge-used-tokens.js';
import { MaintainSigningKeys } from './commands/maintain-signing-keys.js';
import { TokenMaintenance } from './token-maintenance.js';

/** What the worker does for our own tokens: needs a global `CommandRuntime` and `SecretBox`. */
@Module({
  providers: [MaintainSigningKeys, PurgeUsedTokens, TokenMaintenance],
  exports: [MaintainSigningKeys, TokenMaintenance],
})
export class TokenMaintenanceModule {}
