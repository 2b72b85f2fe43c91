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
import { acknowledgeAlarmSchema } from '../alarms.schemas.js';

const inputSchema = acknowledgeAlarmSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;
interface LoadedAlarm {
  id: string;
  kind: string;
  subjectKind: string;
  subjectId: string;
  concernedIds: string[];
  acknowledgedAt: Date | null;
}

/** Somebody looked at an alarm and says what they found; never those whom it concerns. */
@Injectable()
export class AcknowledgeAlarm extends Command<Input, { id: string }, 'Alarm', LoadedAlarm> {
  static readonly traits = {
    name: 'acknowledge-alarm',
    permission: { action: 'acknowledge', subject: 'Alarm' },
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Alarm'>;

  readonly traits = AcknowledgeAlarm.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected async load({ tx }: CommandContext, { id }: Input): Promise<LoadedAlarm | null> {
    const [held] = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM alarm WHERE id = ${id}::uuid FOR UPDATE`;
    return held === undefined ? null : tx.alarm.findUnique({ where: { id } });
  }

  protected async run(
    { tx, now, actor }: CommandContext,
    { id, note }: Input,
    { kind, subjectKind, subjectId, concernedIds, acknowledgedAt }: LoadedAlarm,
  ): Promise<Change<{ id: string }>> {
    const isAbout = subjectKind === 'person' && subjectId === actor.id;
    if (isAbout || concernedIds.includes(actor.id)) {
      throw new DomainError(
        'forbidden',
        'This alarm is about you or what you did: somebody else must look at it.',
      );
    }
    if (acknowledgedAt !== null) {
      throw new DomainError('conflict', 'Somebody acknowledged this alarm already.');
    }
    await tx.alarm.update({
      where: { id },
      data: { acknowledgedById: actor.id, acknowledgedAt: now, acknowledgedNote: note },
      select: { id: true },
    });
    return {
      output: { id },
      subject: { id, name: kind },
      facts: { kind, aboutKind: subjectKind, aboutId: subjectId },
      reason: note,
    };
  }
}
