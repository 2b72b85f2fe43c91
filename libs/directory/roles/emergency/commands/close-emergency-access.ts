import { Injectable } from '@nestjs/common';
import {
  Command,
  type Change,
  type CommandContext,
  type CommandTraits,
} from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { z } from 'zod';
import { lockEmergency, type LoadedEmergency } from '../emergency.repository.js';

const inputSchema = z.strictObject({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Ends emergency access: by the person, by IT or security, or by the installation when its time is up. */
@Injectable()
export class CloseEmergencyAccess extends Command<
  Input,
  { id: string },
  'EmergencyAccess',
  LoadedEmergency
> {
  static readonly traits = {
    name: 'close-emergency-access',
    permission: { action: 'end', subject: 'EmergencyAccess' },
    changesRights: false,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'EmergencyAccess'>;

  readonly traits = CloseEmergencyAccess.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedEmergency | null> {
    return lockEmergency(tx, id);
  }

  protected async run(
    { tx, now }: CommandContext,
    { id }: Input,
    emergency: LoadedEmergency,
  ): Promise<Change<{ id: string }>> {
    const { personId, endsAt } = emergency;
    if (emergency.endedAt !== null) {
      throw new DomainError('conflict', 'This emergency access ended already.');
    }
    // It never counted for longer than it said.
    const endedAt = now < endsAt ? now : endsAt;
    await tx.emergencyAccess.update({ where: { id }, data: { endedAt }, select: { id: true } });
    return {
      output: { id },
      subject: emergency,
      facts: { personId, early: now < endsAt },
    };
  }
}
