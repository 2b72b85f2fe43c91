import type { CommandContext } from '#libs/engine/commands';
import { newId, personIdOf } from '#libs/platform/kernel';

/**
 * Stops again what a released kill switch had stopped, unless another does, inside another command's transaction. That
 * command must change rights in the registry.
 */
export const activateAgain = async (
  { tx, now, actor, signsNew }: CommandContext,
  releasedId: string,
  reason: string,
): Promise<void> => {
  const { scope, targetId } = await tx.killSwitch.findUniqueOrThrow({
    where: { id: releasedId },
    select: { scope: true, targetId: true },
  });
  if ((await tx.killSwitch.count({ where: { scope, targetId, releasedAt: null } })) > 0) return;
  const id = newId();
  signsNew('kill_switch', [id]);
  const activatedById = personIdOf(actor);
  await tx.killSwitch.create({
    data: { id, scope, targetId, reason, activatedById, activatedAt: now },
    select: { id: true },
  });
};
