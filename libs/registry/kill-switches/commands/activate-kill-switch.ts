import { raiseAlert } from '#libs/engine/alerts';
import { command, type CommandContext } from '#libs/engine/commands';
import { stopsForSecurity } from '#libs/platform/access';
import { isUniqueViolation } from '#libs/platform/db';
import { DomainError, newId, personIdOf } from '#libs/platform/kernel';
import { killSwitchTarget, type KillSwitchTarget } from '../kill-switch-target.js';
import { newKillSwitchSchema, type NewKillSwitch } from '../kill-switches.schemas.js';

/**
 * Blocks a tool, a tool server or everything: no call of it is allowed after this commits (invariant I3). What
 * security stops, also what others had stopped before, security alone releases.
 */
export class ActivateKillSwitch extends command({
  name: 'activate-kill-switch',
  permission: { action: 'activate', subject: 'KillSwitch' },
  changesRights: 'registry',
  emergency: { stays: 'it takes rights away' },
  creates: true,
  input: newKillSwitchSchema,
  load: (_, { scope }) => ({ scope, stoppedBySecurity: false }),
  async run(ctx, input) {
    const target = await killSwitchTarget(ctx.tx, input);
    const takenOver = stopsForSecurity(ctx.actor) ? await takeOver(ctx, input, target) : null;
    const id = takenOver ?? (await insert(ctx, input, target));
    if (input.scope === 'everything' && takenOver === null) {
      await raiseAlert(ctx.tx, ctx.now, {
        kind: 'kill_switch_for_everything',
        subject: { kind: 'kill_switch', id },
        message: `${ctx.actor.name} stopped everything: no agent may call any tool until it is released.`,
        by: ctx.actor,
      });
    }
    return {
      output: { id },
      subject: { id, name: target.name },
      facts: {
        scope: input.scope,
        targetId: target.id,
        forSecurity: stopsForSecurity(ctx.actor),
        isTakenOver: takenOver !== null,
      },
      reason: input.reason,
    };
  },
}) {}

// What others stopped security can make its own: it is in force already, and from now on security releases it.
const takeOver = async (
  { tx }: CommandContext,
  { scope }: NewKillSwitch,
  target: KillSwitchTarget,
): Promise<string | null> => {
  const where = { scope, targetId: target.id, releasedAt: null, stoppedBySecurity: false };
  const found = await tx.killSwitch.findFirst({ where, select: { id: true } });
  if (found === null) return null;
  const { id } = found;
  const taken = await tx.killSwitch.updateMany({
    where: { ...where, id },
    data: { stoppedBySecurity: true },
  });
  return taken.count === 0 ? null : id;
};

const insert = async (
  { tx, now, actor, signsNew }: CommandContext,
  { scope, reason }: NewKillSwitch,
  target: KillSwitchTarget,
): Promise<string> => {
  const id = newId();
  const activatedById = personIdOf(actor);
  signsNew('kill_switch', [id]);
  try {
    await tx.killSwitch.create({
      data: {
        id,
        scope,
        targetId: target.id,
        reason,
        activatedById,
        activatedAt: now,
        stoppedBySecurity: stopsForSecurity(actor),
      },
      select: { id: true },
    });
  } catch (error) {
    // The index `kill_switch_active` decides, also between two who activate at once.
    if (!isUniqueViolation(error)) throw error;
    const what = scope === 'everything' ? 'Everything' : target.name;
    throw new DomainError('conflict', `${what} is stopped already.`, { cause: error });
  }
  return id;
};
