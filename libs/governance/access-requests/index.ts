export { onAccessEnded } from './access-ended.js';
export { AccessRequestsModule } from './access-requests.module.js';
export { accessRequestCommands } from './access-requests.commands.js';
export { DraftAccessGrant } from './commands/draft-access-grant.js';
export { RejectAccessRequest } from './commands/end-access-request.js';
export { RequestAccess } from './commands/request-access.js';
export { WithdrawAccessRequest } from './commands/end-access-request.js';
