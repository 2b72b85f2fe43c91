import type { CommandClass } from '#libs/engine/commands';
import { DraftAccessGrant } from './commands/draft-access-grant.js';
import { RejectAccessRequest, WithdrawAccessRequest } from './commands/end-access-request.js';
import { RequestAccess } from './commands/request-access.js';

/** Every change of access requests. */
export const accessRequestCommands = [
  RequestAccess,
  DraftAccessGrant,
  RejectAccessRequest,
  WithdrawAccessRequest,
] as const satisfies readonly CommandClass[];
