import { Injectable } from '@nestjs/common';
import type { Change, CommandContext, CommandTraits } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';
import { callerName, type LoadedCaller } from '../unregistered.repository.js';
import { CallerCommand, type CallerInput } from '../caller-command.js';

/** Takes a block away: the caller is unregistered again, and no more than that. */
@Injectable()
export class UnblockCaller extends CallerCommand {
  static readonly traits = {
    name: 'unblock-caller',
    permission: { action: 'block', subject: 'UnregisteredCaller' },
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'UnregisteredCaller'>;

  readonly traits = UnblockCaller.traits;

  protected async run(
    { tx }: CommandContext,
    { id, reason }: CallerInput,
    caller: LoadedCaller,
  ): Promise<Change<{ id: string }>> {
    if (caller.blockedAt === null) throw new DomainError('conflict', 'This caller is not blocked.');
    await tx.unregisteredCaller.update({
      where: { id },
      data: { blockedById: null, blockedAt: null, blockedReason: null },
      select: { id: true },
    });
    return {
      output: { id },
      subject: { id, name: callerName(caller) },
      facts: { issuerId: caller.issuerId, blocked: false },
      reason,
    };
  }
}
