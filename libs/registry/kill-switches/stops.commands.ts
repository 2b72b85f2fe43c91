import type { CommandClass } from '#libs/engine/commands';
import { LiftStop } from './commands/lift-stop.js';
import { PressStop } from './commands/press-stop.js';

/** Every change of stops. */
export const stopCommands = [PressStop, LiftStop] as const satisfies readonly CommandClass[];
