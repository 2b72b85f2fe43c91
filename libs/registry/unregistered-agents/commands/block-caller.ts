import { Injectable } from '@nestjs/common';
import type { Change, CommandContext, CommandTraits } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';
import { callerName, type LoadedCaller } from '../unregistered.repository.js';
import { CallerCommand, type CallerInput } from '../caller-command.js';

/** Refuses a caller for good, also if somebody binds its subject later. */
@Injectable()
export class BlockCaller extends CallerCommand {
  static readonly traits = {
    name: 'block-caller',
    permission: { action: 'block', subject: 'UnregisteredCaller' },
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'UnregisteredCaller'>;

  readonly traits = BlockCaller.traits;

  protected async run(
    { tx, now, actor }: CommandContext,
    { id, reason }: CallerInput,
    caller: LoadedCaller,
  ): Promise<Change<{ id: string }>> {
    if (caller.blockedAt !== null)
      throw new DomainError('conflict', 'This caller is blocked already.');
    const blockedById = actor.kind === 'person' ? actor.id : null;
    await tx.unregisteredCaller.update({
      where: { id },
      data: { blockedById, blockedAt: now, blockedReason: reason },
      select: { id: true },
    });
    return {
      output: { id },
      subject: { id, name: callerName(caller) },
      facts: { issuerId: caller.issuerId, blocked: true },
      reason,
    };
  }
}
