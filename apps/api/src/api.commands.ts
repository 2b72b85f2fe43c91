import { agentCommands } from '#libs/agents';
import { auditCommands } from '#libs/audit';
import { catalogCommands } from '#libs/catalog';
import type { CommandClass } from '#libs/commands';
import { signInCommands } from '#libs/identity';
import { peopleCommands } from '#libs/people';
import { policyCommands } from '#libs/policies';

/** Every command that the API's modules hold: the ledger's writer takes entries of no other. */
export const API_COMMANDS: readonly CommandClass[] = [
  ...signInCommands,
  ...peopleCommands,
  ...agentCommands,
  ...catalogCommands,
  ...policyCommands,
  ...auditCommands,
];
