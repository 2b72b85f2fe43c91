import { agentLimitCommands } from '#libs/registry/agents';
import { toolDiscoveryCommands } from '#libs/registry/catalog';
import type { CommandClass } from '#libs/engine/commands';
import { followUpCommands } from '#libs/engine/follow-ups';
import { accessGrantMaintenanceCommands } from '#libs/governance/policies';
import { decisionCheckCommands } from '#libs/oversight/decision-checks';
import { recordCheckCommands } from '#libs/oversight/record-checks';
import { emergencyMaintenanceCommands } from '#libs/directory/roles';
import { signalPollingCommands } from '#libs/directory/signals';
import { tokenMaintenanceCommands } from '#libs/trust/token-endpoint';

/** Every command that the worker holds: the ledger's writer takes entries of no other. */
export const WORKER_COMMANDS: readonly CommandClass[] = [
  ...toolDiscoveryCommands,
  ...tokenMaintenanceCommands,
  ...agentLimitCommands,
  ...emergencyMaintenanceCommands,
  ...accessGrantMaintenanceCommands,
  ...signalPollingCommands,
  ...decisionCheckCommands,
  ...followUpCommands,
  ...recordCheckCommands,
];
