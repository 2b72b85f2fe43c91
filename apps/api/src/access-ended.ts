import {
  onAccessEnded as proposedChanges,
  undoEmergencyChanges,
  type OnAccessEnded,
} from '#libs/engine/commands';
import { onAccessEnded as delegations } from '#libs/directory/delegations';
import { onAccessEnded as roles } from '#libs/directory/roles';
import { onAccessEnded as accessRequests } from '#libs/governance/access-requests';
import { onAccessEnded as policies } from '#libs/governance/policies';
import { onAccessEnded as agents } from '#libs/registry/agents';
import { onAccessEnded as signIn } from '#libs/trust/sign-in';
import { API_COMMANDS } from './api.commands.js';

/** What ends with somebody's access, in the order in which it ends. */
export const ACCESS_ENDED: readonly OnAccessEnded[] = [
  signIn,
  delegations,
  roles,
  accessRequests,
  proposedChanges,
  agents,
  policies,
  undoEmergencyChanges(API_COMMANDS),
];
