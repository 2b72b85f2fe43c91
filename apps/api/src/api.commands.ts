import { agentCommands } from '#libs/registry/agents';
import { accessRequestCommands } from '#libs/governance/access-requests';
import { alertCommands } from '#libs/engine/alerts';
import { delegationCommands } from '#libs/directory/delegations';
import { issuerCommands } from '#libs/trust/issuers';
import { provisioningCommands } from '#libs/directory/provisioning';
import { roleCommands } from '#libs/directory/roles';
import { signalCommands } from '#libs/directory/signals';
import { killSwitchCommands } from '#libs/registry/kill-switches';
import { tokenCommands } from '#libs/trust/token-endpoint';
import { unregisteredCommands } from '#libs/registry/unregistered-agents';
import { auditCommands } from '#libs/oversight/audit';
import { catalogCommands } from '#libs/registry/catalog';
import type { CommandClass } from '#libs/engine/commands';
import { signInCommands } from '#libs/trust/sign-in';
import { peopleCommands } from '#libs/directory/people';
import { proposedChangeCommands } from '#libs/governance/proposed-changes';
import { policyCommands } from '#libs/governance/policies';

/** Every command that the API's modules hold: the ledger's writer takes entries of no other. */
export const API_COMMANDS: readonly CommandClass[] = [
  ...signInCommands,
  ...peopleCommands,
  ...agentCommands,
  ...catalogCommands,
  ...policyCommands,
  ...auditCommands,
  ...alertCommands,
  ...roleCommands,
  ...issuerCommands,
  ...delegationCommands,
  ...provisioningCommands,
  ...signalCommands,
  ...tokenCommands,
  ...killSwitchCommands,
  ...unregisteredCommands,
  ...accessRequestCommands,
  ...proposedChangeCommands,
];
