import type { CommandClass } from '#libs/engine/commands';
import { GrantDelegation } from './commands/grant-delegation.js';
import { RevokeDelegation, WithdrawDelegation } from './commands/end-delegation.js';

/** Every change of delegations. */
export const delegationCommands = [
  GrantDelegation,
  WithdrawDelegation,
  RevokeDelegation,
] as const satisfies readonly CommandClass[];
