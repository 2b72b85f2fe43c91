import { command } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { releaseKillSwitchSchema } from '../kill-switches.schemas.js';

const inputSchema = releaseKillSwitchSchema.extend({ id: idSchema });

/** Lets what was stopped go on: whatever policies allow is allowed again. */
export class ReleaseKillSwitch extends command({
  name: 'release-kill-switch',
  permission: { action: 'release', subject: 'KillSwitch' },
  changesRights: 'registry',
  input: inputSchema,
  async load({ tx }, { id }) {
    await tx.$queryRaw`SELECT 1 FROM kill_switch WHERE id = ${id}::uuid FOR UPDATE`;
    return tx.killSwitch.findUnique({
      where: { id },
      select: { scope: true, targetId: true, releasedAt: true },
    });
  },
  async run({ tx, now, actor }, { id, reason }, killSwitch) {
    if (killSwitch.releasedAt !== null)
      throw new DomainError('conflict', 'This kill switch has already been released.');
    const releasedById = actor.kind === 'person' ? actor.id : null;
    await tx.killSwitch.update({
      where: { id },
      data: { releasedById, releasedAt: now, releaseReason: reason },
      select: { id: true },
    });
    return {
      output: { id },
      subject: { id, name: killSwitch.scope },
      facts: { scope: killSwitch.scope, targetId: killSwitch.targetId },
      reason,
    };
  },
}) {}
