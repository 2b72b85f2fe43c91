export { DelegationsModule } from './delegations.module.js';
export { delegationCommands } from './delegations.commands.js';
export { onAccessEnded } from './access-ended.js';
