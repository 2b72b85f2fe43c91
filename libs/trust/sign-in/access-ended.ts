import type { OnAccessEnded } from '#libs/engine/commands';
import { endSessionsOf } from './end-sessions.js';

/** Ends the console sessions of a person, also of one who is only signed out. */
export const onAccessEnded: OnAccessEnded = async ({ tx }, { kind, id }) =>
  kind === 'person' ? { sessionsEnded: await endSessionsOf(tx, id) } : {};
