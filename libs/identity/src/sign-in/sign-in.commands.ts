import type { CommandClass } from '#libs/commands';
import { EndSession } from './commands/end-session.js';
import { StartSession } from './commands/start-session.js';

/** Every change of console sessions. */
export const signInCommands = [StartSession, EndSession] as const satisfies readonly CommandClass[];
