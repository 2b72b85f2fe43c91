import { Module } from '@nestjs/common';
import { grantKeepingCommands } from '../policies.commands.js';
import { GrantExpiry } from './grant-expiry.js';

/** For the worker: what ends by itself. Needs a global `Database` and `CommandRuntime`. */
@Module({ providers: [GrantExpiry, ...grantKeepingCommands], exports: [GrantExpiry] })
export class GrantKeepingModule {}
