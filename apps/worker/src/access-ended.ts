import {
  onAccessEnded as proposedChanges,
  undoEmergencyChanges,
  type OnAccessEnded,
} from '#libs/engine/commands';
import { onAccessEnded as delegations } from '#libs/directory/delegations';
import { peopleCommands } from '#libs/directory/people';
import { onAccessEnded as roles } from '#libs/directory/roles';
import { onAccessEnded as accessRequests } from '#libs/governance/access-requests';
import { onAccessEnded as policies } from '#libs/governance/policies';
import { agentCommands, onAccessEnded as agents } from '#libs/registry/agents';
import { killSwitchCommands } from '#libs/registry/kill-switches';
import { unregisteredCommands } from '#libs/registry/unregistered-agents';
import { issuerCommands } from '#libs/trust/issuers';
import { onAccessEnded as signIn } from '#libs/trust/sign-in';

/** Those that are undone when the emergency in which they were done ends; the worker runs none of them. */
export const UNDONE_COMMANDS = [
  ...peopleCommands,
  ...agentCommands,
  ...killSwitchCommands,
  ...unregisteredCommands,
  ...issuerCommands,
] as const;

/** What ends with somebody's access, in the order in which it ends. */
export const ACCESS_ENDED: readonly OnAccessEnded[] = [
  signIn,
  delegations,
  roles,
  accessRequests,
  proposedChanges,
  agents,
  policies,
  undoEmergencyChanges(UNDONE_COMMANDS),
];
