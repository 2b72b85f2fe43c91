import type { CommandClass } from '#libs/engine/commands';
import { ReleaseKillSwitch } from './commands/release-kill-switch.js';
import { ActivateKillSwitch } from './commands/activate-kill-switch.js';

/** Every change of kill switches. */
export const killSwitchCommands = [
  ActivateKillSwitch,
  ReleaseKillSwitch,
] as const satisfies readonly CommandClass[];
