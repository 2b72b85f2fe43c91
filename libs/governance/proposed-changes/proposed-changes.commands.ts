import type { CommandClass } from '#libs/engine/commands';
import { RejectProposedChange, WithdrawProposedChange } from './commands/decide-proposed-change.js';

/** Every change of proposed changes but their confirmation, which is the proposed command itself. */
export const proposedChangeCommands = [
  RejectProposedChange,
  WithdrawProposedChange,
] as const satisfies readonly CommandClass[];
