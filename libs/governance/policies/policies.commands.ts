import type { CommandClass } from '#libs/engine/commands';
import { EndExpiredGrant } from './commands/end-expired-grant.js';
import { EndGrant } from './commands/end-grant.js';
import { ProposeDenial } from './commands/propose-denial.js';
import { ProposePolicy } from './commands/propose-policy.js';
import { PublishPolicy } from './commands/publish-policy.js';
import { RejectPolicy } from './commands/reject-policy.js';
import { SeedPolicy } from './commands/seed-policy.js';

/** What the worker does to policies by itself. */
export const grantKeepingCommands = [EndExpiredGrant] as const satisfies readonly CommandClass[];

/** Every change of policies. */
export const policyCommands = [
  ProposePolicy,
  ProposeDenial,
  PublishPolicy,
  RejectPolicy,
  SeedPolicy,
  EndGrant,
  ...grantKeepingCommands,
] as const satisfies readonly CommandClass[];
