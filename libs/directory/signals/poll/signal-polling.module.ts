import { Module } from '@nestjs/common';
import { SetVerifier } from '../set/set-verifier.js';
import { SignalIntake } from '../signal-intake.js';
import { signalPollingCommands } from '../signals.commands.js';
import { SignalPolling } from './signal-polling.js';

/** What the worker does: needs a global `Database`, `CommandRuntime`, `SecretBox`, `OUTBOUND` and `TokenVerifier`. */
@Module({
  providers: [SetVerifier, SignalIntake, SignalPolling, ...signalPollingCommands],
  exports: [SignalPolling],
})
export class SignalPollingModule {}
