import { agentLimitCommands } from '#libs/agents';
import { catalogCommands } from '#libs/catalog';
import type { CommandClass } from '#libs/commands';
import { grantKeepingCommands } from '#libs/policies';
import { emergencyKeepingCommands } from '#libs/roles';
import { signalPollingCommands } from '#libs/signals';
import { tokenKeepingCommands } from '#libs/tokens';

/** Every command that the worker holds: the ledger's writer takes entries of no other. */
export const WORKER_COMMANDS: readonly CommandClass[] = [
  ...catalogCommands,
  ...tokenKeepingCommands,
  ...agentLimitCommands,
  ...emergencyKeepingCommands,
  ...grantKeepingCommands,
  ...signalPollingCommands,
];
