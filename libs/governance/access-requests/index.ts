export { AccessRequestsModule } from './access-requests.module.js';
export { accessRequestCommands } from './access-requests.commands.js';
export { DraftGrant } from './commands/draft-grant.js';
export { RefuseAccessRequest } from './commands/refuse-access-request.js';
export { RequestAccess } from './commands/request-access.js';
export { WithdrawAccessRequest } from './commands/withdraw-access-request.js';
