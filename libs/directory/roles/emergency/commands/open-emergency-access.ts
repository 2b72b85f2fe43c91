import { areRelated, readMakers } from '#libs/engine/actors';
import { raiseAlert } from '#libs/engine/alerts';
import { command, type CommandContext } from '#libs/engine/commands';
import { DAY_MS, MINUTE_MS, DomainError, newId } from '#libs/platform/kernel';
import { closeEmergencyOf } from '../emergency.repository.js';
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
  secondPerson: {
    when: 'the person, or somebody who made them or whom they made, had emergency access within a day',
    ask: async (ctx, _, { personId }) =>
      (await hadOneLately(ctx, personId))
        ? {
            explanation:
              'A second emergency within a day takes a second person: one after the other would be no emergency.',
            roles: ['it', 'security'],
            concerns: [personId],
          }
        : null,
  },
  async run(ctx, { reason, minutes }, { id, personId }) {
    const { tx, now, actor } = ctx;
    if (actor.kind !== 'person') {
      throw new DomainError('forbidden', 'Only a person can open emergency access.');
    }
    await closeExpired(ctx, personId);
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

const closeExpired = async (ctx: CommandContext, personId: string): Promise<void> => {
  const open = await ctx.tx.emergencyAccess.findFirst({ where: { personId, endedAt: null } });
  if (open === null) return;
  if (open.expiresAt > ctx.now)
    throw new DomainError('conflict', 'Your emergency access is open already: end it first.');
  // Expired, but not yet closed by the schedule.
  await closeEmergencyOf(ctx, personId);
};

// Anybody who made somebody could otherwise take turns with them.
const hadOneLately = async ({ tx, now }: CommandContext, personId: string): Promise<boolean> => {
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const lately = await tx.emergencyAccess.findMany({
    where: { OR: [{ endedAt: null, expiresAt: { gt: dayAgo } }, { endedAt: { gt: dayAgo } }] },
    select: { personId: true, expiresAt: true },
  });
  const ids = new Set(lately.map((one) => one.personId));
  if (ids.size === 0) return false;
  return areRelated(personId, [...ids], await readMakers(tx, [personId, ...ids]));
};
