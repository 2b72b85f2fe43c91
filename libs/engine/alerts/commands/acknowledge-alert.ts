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
import { acknowledgeAlertSchema } from '../alerts.schemas.js';

const inputSchema = acknowledgeAlertSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;
interface LoadedAlert {
  id: string;
  kind: string;
  subjectKind: string;
  subjectId: string;
  concernedIds: string[];
  acknowledgedAt: Date | null;
}

/** Somebody looked at an alert and says what they found; never those whom it concerns. */
@Injectable()
export class AcknowledgeAlert extends Command<Input, { id: string }, 'Alert', LoadedAlert> {
  static readonly traits = {
    name: 'acknowledge-alert',
    permission: { action: 'acknowledge', subject: 'Alert' },
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Alert'>;

  readonly traits = AcknowledgeAlert.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected async load({ tx }: CommandContext, { id }: Input): Promise<LoadedAlert | null> {
    const [held] = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM alert WHERE id = ${id}::uuid FOR UPDATE`;
    return held === undefined ? null : tx.alert.findUnique({ where: { id } });
  }

  protected async run(
    { tx, now, actor }: CommandContext,
    { id, note }: Input,
    { kind, subjectKind, subjectId, concernedIds, acknowledgedAt }: LoadedAlert,
  ): Promise<Change<{ id: string }>> {
    const isAbout = subjectKind === 'person' && subjectId === actor.id;
    if (isAbout || concernedIds.includes(actor.id)) {
      throw new DomainError(
        'forbidden',
        'This alert is about you or what you did: somebody else must look at it.',
      );
    }
    if (acknowledgedAt !== null) {
      throw new DomainError('conflict', 'Somebody acknowledged this alert already.');
    }
    await tx.alert.update({
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
