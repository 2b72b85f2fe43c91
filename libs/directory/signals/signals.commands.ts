import type { CommandClass } from '#libs/engine/commands';
import { ApplySignal } from './commands/apply-signal.js';
import { ChangeSignalStream } from './commands/change-signal-stream.js';
import { RegisterSignalStream } from './commands/register-signal-stream.js';
import { RetireSignalStream } from './commands/retire-signal-stream.js';

/** Every change of signal streams, and what signals do. */
export const signalCommands = [
  RegisterSignalStream,
  ChangeSignalStream,
  RetireSignalStream,
  ApplySignal,
] as const satisfies readonly CommandClass[];

/** What the worker does of it. */
export const signalPollingCommands = [ApplySignal] as const satisfies readonly CommandClass[];
