import type { OnAccessEnded } from '#libs/engine/commands';
import { closeEmergencyOf } from './emergency/emergency.repository.js';

/**
 * Closes the emergency access of a person who is deactivated. Their roles stay: they are not in force
 * until somebody enables the person again.
 */
export const onAccessEnded: OnAccessEnded = async (ctx, { kind, id, reason }) =>
  kind === 'person' && reason === 'deactivated'
    ? { emergenciesEnded: await closeEmergencyOf(ctx, id) }
    : {};
