import { agentCommands } from '#libs/agents';
import { accessRequestCommands } from '#libs/access-requests';
import { alarmCommands } from '#libs/alarms';
import { delegationCommands } from '#libs/delegations';
import { issuerCommands } from '#libs/issuers';
import { provisioningCommands } from '#libs/provisioning';
import { roleCommands } from '#libs/roles';
import { signalCommands } from '#libs/signals';
import { stopCommands } from '#libs/stops';
import { tokenCommands } from '#libs/tokens';
import { unregisteredCommands } from '#libs/unregistered';
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
  ...alarmCommands,
  ...roleCommands,
  ...issuerCommands,
  ...delegationCommands,
  ...provisioningCommands,
  ...signalCommands,
  ...tokenCommands,
  ...stopCommands,
  ...unregisteredCommands,
  ...accessRequestCommands,
];
