import { Injectable } from '@nestjs/common';
import { raiseAlarm } from '#libs/engine/alerts';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { isUniqueViolation } from '#libs/platform/db';
import { DomainError, newId } from '#libs/platform/kernel';
import { stopTarget, type StopTarget } from '../stop-target.js';
import { newStopSchema, type NewStop } from '../stops.schemas.js';

type Instance = { scope: NewStop['scope'] };

/** Stops a tool, a tool server or everything: no call of it is allowed after this commits (invariant I3). */
@Injectable()
export class PressStop extends Command<NewStop, { id: string }, 'Stop', Instance> {
  static readonly traits = {
    name: 'press-stop',
    permission: { action: 'stop', subject: 'Stop' },
    changesRights: 'registry',
    creates: true,
    actors: 'people',
  } as const satisfies CommandTraits<'Stop'>;

  readonly traits = PressStop.traits;
  readonly input = newStopSchema;

  protected subjectId(): null {
    return null;
  }

  protected load(_: CommandContext, { scope }: NewStop): Promise<Instance> {
    return Promise.resolve({ scope });
  }

  protected async run(ctx: CommandContext, input: NewStop): Promise<Change<{ id: string }>> {
    const target = await stopTarget(ctx.tx, input);
    const id = await insert(ctx, input, target);
    if (input.scope === 'everything') {
      await raiseAlarm(ctx.tx, ctx.now, {
        kind: 'everything_stopped',
        subject: { kind: 'stop', id },
        message: `${ctx.actor.name} stopped everything: no agent may call any tool until somebody lifts it.`,
      });
    }
    return {
      output: { id },
      subject: { id, name: target.name },
      facts: { scope: input.scope, targetId: target.id },
      reason: input.reason,
    };
  }
}

const insert = async (
  { tx, now, actor }: CommandContext,
  { scope, reason }: NewStop,
  target: StopTarget,
): Promise<string> => {
  const id = newId();
  const stoppedById = actor.kind === 'person' ? actor.id : null;
  try {
    await tx.stop.create({
      data: { id, scope, targetId: target.id, reason, stoppedById, stoppedAt: now },
      select: { id: true },
    });
  } catch (error) {
    // The index `stop_in_force` decides, also between two who press at once.
    if (!isUniqueViolation(error)) throw error;
    const what = scope === 'everything' ? 'Everything' : target.name;
    throw new DomainError('conflict', `${what} is stopped already.`, { cause: error });
  }
  return id;
};
