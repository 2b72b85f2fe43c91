export { DelegationsModule } from './delegations.module.js';
export { delegationCommands } from './delegations.commands.js';
/** Withdraws what a person granted, or an agent was granted, in a command's own transaction. */
export { withdrawDelegationsOf } from './delegations.repository.js';
export { GrantDelegation } from './commands/grant-delegation.js';
export { RevokeDelegation } from './commands/end-delegation.js';
export { WithdrawDelegation } from './commands/end-delegation.js';
