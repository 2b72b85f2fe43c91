export { onAccessEnded } from './access-ended.js';
export { AccessRequestsModule } from './access-requests.module.js';
export { accessRequestCommands } from './access-requests.commands.js';
