import type { CommandClass } from '#libs/engine/commands';
import { DraftGrant } from './commands/draft-grant.js';
import { RefuseAccessRequest } from './commands/refuse-access-request.js';
import { RequestAccess } from './commands/request-access.js';
import { WithdrawAccessRequest } from './commands/withdraw-access-request.js';

/** Every change of access requests. */
export const accessRequestCommands = [
  RequestAccess,
  DraftGrant,
  RefuseAccessRequest,
  WithdrawAccessRequest,
] as const satisfies readonly CommandClass[];
