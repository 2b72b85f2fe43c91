import type { CommandClass } from '#libs/engine/commands';
import { ExpireAccessGrant } from './commands/expire-access-grant.js';
import { RevokeAccessGrant } from './commands/revoke-access-grant.js';
import { ProposeDenial } from './commands/propose-denial.js';
import { ProposePolicy } from './commands/propose-policy.js';
import { PublishPolicy } from './commands/publish-policy.js';
import { RejectPolicy } from './commands/reject-policy.js';
import { SeedPolicy } from './commands/seed-policy.js';

/** What the worker does to policies by itself. */
export const accessGrantMaintenanceCommands = [
  ExpireAccessGrant,
] as const satisfies readonly CommandClass[];

/** Every change of policies. */
export const policyCommands = [
  ProposePolicy,
  ProposeDenial,
  PublishPolicy,
  RejectPolicy,
  SeedPolicy,
  RevokeAccessGrant,
  ...accessGrantMaintenanceCommands,
] as const satisfies readonly CommandClass[];
