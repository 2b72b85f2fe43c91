import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import { releaseKillSwitchSchema } from '../kill-switches.schemas.js';

const inputSchema = releaseKillSwitchSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

interface Instance {
  scope: 'tool' | 'server' | 'everything';
  targetId: string | null;
  releasedAt: Date | null;
}

/** Lets what was stopped go on: whatever policies allow is allowed again. */
@Injectable()
export class ReleaseKillSwitch extends Command<Input, { id: string }, 'KillSwitch', Instance> {
  static readonly traits = {
    name: 'release-kill-switch',
    permission: { action: 'release', subject: 'KillSwitch' },
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'KillSwitch'>;

  readonly traits = ReleaseKillSwitch.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected async load({ tx }: CommandContext, { id }: Input): Promise<Instance | null> {
    await tx.$queryRaw`SELECT 1 FROM kill_switch WHERE id = ${id}::uuid FOR UPDATE`;
    return tx.killSwitch.findUnique({
      where: { id },
      select: { scope: true, targetId: true, releasedAt: true },
    });
  }

  protected async run(
    { tx, now, actor }: CommandContext,
    { id, reason }: Input,
    killSwitch: Instance,
  ): Promise<Change<{ id: string }>> {
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
  }
}
