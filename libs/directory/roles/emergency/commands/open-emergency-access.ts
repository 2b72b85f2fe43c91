import { raiseAlert } from '#libs/engine/alerts';
import { command } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { MINUTE_MS, DomainError, newId } from '#libs/platform/kernel';
import { openEmergencySchema } from '../emergency.schemas.js';

/**
 * Somebody with the role `emergency` takes the rights of it and security, for minutes, with a reason and an
 * alert. What needs a second person it does not give.
 */
export class OpenEmergencyAccess extends command({
  name: 'open-emergency-access',
  permission: { action: 'open', subject: 'EmergencyAccess' },
  // Of the console alone, which asks on every request.
  changesRights: false,
  creates: true,
  locksFirst: 'roleHolders',
  input: openEmergencySchema,
  load: ({ actor }) => ({ id: newId(), personId: actor.id }),
  async run({ tx, now, actor }, { reason, minutes }, { id, personId }) {
    if (actor.kind !== 'person') {
      throw new DomainError('forbidden', 'Only a person can open emergency access.');
    }
    await closeExpired(tx, personId, now);
    const expiresAt = new Date(now.getTime() + minutes * MINUTE_MS);
    await tx.emergencyAccess.create({
      data: { id, personId, reason, startedAt: now, expiresAt },
      select: { id: true },
    });
    await raiseAlert(tx, now, {
      kind: 'emergency_access',
      subject: { kind: 'person', id: personId },
      message: `${actor.name} opened emergency access for ${minutes} minutes: ${reason}`,
      by: actor,
    });
    return {
      output: { id },
      subject: { id, name: actor.name },
      facts: { personId, minutes, expiresAt: expiresAt.toISOString() },
      reason,
    };
  },
}) {}

const closeExpired = async (tx: Tx, personId: string, now: Date): Promise<void> => {
  const open = await tx.emergencyAccess.findFirst({ where: { personId, endedAt: null } });
  if (open === null) return;
  if (open.expiresAt > now) {
    throw new DomainError('conflict', 'Your emergency access is open already: end it first.');
  }
  // Expired, but not yet closed by the schedule.
  await tx.emergencyAccess.update({
    where: { id: open.id },
    data: { endedAt: open.expiresAt },
    select: { id: true },
  });
};
