export { DelegationsModule } from './delegations.module.js';
export { delegationCommands } from './delegations.commands.js';
export { onAccessEnded } from './access-ended.js';
export { GrantDelegation } from './commands/grant-delegation.js';
export { RevokeDelegation } from './commands/end-delegation.js';
export { WithdrawDelegation } from './commands/end-delegation.js';
