import type { CommandClass } from '#libs/commands';
import { ProposeDenial } from './commands/propose-denial.js';
import { ProposePolicy } from './commands/propose-policy.js';
import { PublishPolicy } from './commands/publish-policy.js';
import { RejectPolicy } from './commands/reject-policy.js';
import { SeedPolicy } from './commands/seed-policy.js';

/** Every change of policies. */
export const policyCommands = [
  ProposePolicy,
  ProposeDenial,
  PublishPolicy,
  RejectPolicy,
  SeedPolicy,
] as const satisfies readonly CommandClass[];
