import { Module } from '@nestjs/common';
import { PushController } from './push/push.controller.js';
import { SetVerifier } from './set/set-verifier.js';
import { SignalIntake } from './signal-intake.js';
import { signalCommands } from './signals.commands.js';
import { SignalsController } from './signals.controller.js';
import { SignalQueries } from './signals.queries.js';

/**
 * Shared Signals: needs a global `Database`, `CommandRuntime`, `RejectionCounter`, `SecretBox`, `OUTBOUND`,
 * `TokenVerifier` and `CONFIG`.
 */
@Module({
  controllers: [SignalsController, PushController],
  providers: [SignalQueries, SetVerifier, SignalIntake, ...signalCommands],
  exports: [...signalCommands],
})
export class SignalsModule {}
