import { raiseAlert } from '#libs/engine/alerts';
import { changeOf } from '#libs/engine/commands';
import { releasedBySecurity } from '#libs/platform/access';
import { DomainError, personIdOf } from '#libs/platform/kernel';
import { releaseKillSwitchSchema } from '../kill-switches.schemas.js';
import { activateAgain } from '../activate-again.js';

const changeOfKillSwitch = changeOf('KillSwitch', async ({ tx, signs }, id) => {
  await signs('kill_switch', [id]);
  const select = {
    scope: true,
    targetId: true,
    releasedAt: true,
    stoppedBySecurity: true,
  } as const;
  return tx.killSwitch.findUnique({ where: { id }, select });
});

/** Lets what was stopped go on: whatever policies allow is allowed again. */
export class ReleaseKillSwitch extends changeOfKillSwitch({
  name: 'release-kill-switch',
  action: 'release',
  changesRights: 'registry',
  emergency: {
    ends: 'the kill switch is activated again',
    undo: (ctx, { subjectId, reason }) => activateAgain(ctx, subjectId, reason),
  },
  input: releaseKillSwitchSchema,
  rejection(_, { stoppedBySecurity }) {
    return stoppedBySecurity ? releasedBySecurity() : undefined;
  },
  async run({ tx, now, actor }, { id, reason }, killSwitch) {
    if (killSwitch.releasedAt !== null)
      throw new DomainError('conflict', 'This kill switch has already been released.');
    const releasedById = personIdOf(actor);
    await tx.killSwitch.update({
      where: { id },
      data: { releasedById, releasedAt: now, releaseReason: reason },
      select: { id: true },
    });
    if (killSwitch.stoppedBySecurity) {
      await raiseAlert(tx, now, {
        kind: 'security_stop_released',
        subject: { kind: 'kill_switch', id },
        message: `${actor.name} released a kill switch of security for ${OF[killSwitch.scope]}: ${reason}`,
        by: actor,
      });
    }
    return {
      output: { id },
      subject: { id, name: killSwitch.scope },
      facts: {
        scope: killSwitch.scope,
        targetId: killSwitch.targetId,
        wasStoppedBySecurity: killSwitch.stoppedBySecurity,
      },
      reason,
    };
  },
}) {}

const OF = { tool: 'a tool', server: 'a tool server', everything: 'everything' } as const;
