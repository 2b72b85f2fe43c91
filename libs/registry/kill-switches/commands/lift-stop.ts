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
import { liftStopSchema } from '../stops.schemas.js';

const inputSchema = liftStopSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

interface Instance {
  scope: 'tool' | 'server' | 'everything';
  targetId: string | null;
  liftedAt: Date | null;
}

/** Lets what was stopped go on: whatever policies allow is allowed again. */
@Injectable()
export class LiftStop extends Command<Input, { id: string }, 'Stop', Instance> {
  static readonly traits = {
    name: 'lift-stop',
    permission: { action: 'lift', subject: 'Stop' },
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Stop'>;

  readonly traits = LiftStop.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected async load({ tx }: CommandContext, { id }: Input): Promise<Instance | null> {
    await tx.$queryRaw`SELECT 1 FROM stop WHERE id = ${id}::uuid FOR UPDATE`;
    return tx.stop.findUnique({
      where: { id },
      select: { scope: true, targetId: true, liftedAt: true },
    });
  }

  protected async run(
    { tx, now, actor }: CommandContext,
    { id, reason }: Input,
    stop: Instance,
  ): Promise<Change<{ id: string }>> {
    if (stop.liftedAt !== null) throw new DomainError('conflict', 'This stop was lifted already.');
    const liftedById = actor.kind === 'person' ? actor.id : null;
    await tx.stop.update({
      where: { id },
      data: { liftedById, liftedAt: now, liftedReason: reason },
      select: { id: true },
    });
    return {
      output: { id },
      subject: { id, name: stop.scope },
      facts: { scope: stop.scope, targetId: stop.targetId },
      reason,
    };
  }
}
