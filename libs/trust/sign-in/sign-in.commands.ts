import type { CommandClass } from '#libs/engine/commands';
import { EndAllSessions, EndSession } from './commands/sessions.js';
import { StartSession } from './commands/start-session.js';
import { EndIdpSessions } from './commands/end-idp-sessions.js';
import { LinkIdentity } from './commands/link-identity.js';

/** Every change of console sessions, and of who somebody is at sign-in. */
export const signInCommands = [
  StartSession,
  EndSession,
  EndAllSessions,
  EndIdpSessions,
  LinkIdentity,
] as const satisfies readonly CommandClass[];
