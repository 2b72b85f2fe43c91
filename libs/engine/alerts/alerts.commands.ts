import type { CommandClass } from '#libs/engine/commands';
import { AcknowledgeAlert } from './commands/acknowledge-alert.js';

/** Every change of alerts. */
export const alertCommands = [AcknowledgeAlert] as const satisfies readonly CommandClass[];
