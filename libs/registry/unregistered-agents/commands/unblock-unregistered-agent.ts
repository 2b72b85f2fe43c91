import { Injectable } from '@nestjs/common';
import type { Change, CommandContext, CommandTraits } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';
import { callerName, type LoadedUnregisteredAgent } from '../unregistered-agents.repository.js';
import {
  UnregisteredAgentCommand,
  type UnregisteredAgentInput,
} from '../unregistered-agent-command.js';

/** Takes a block away: the caller is unregistered again, and no more than that. */
@Injectable()
export class UnblockUnregisteredAgent extends UnregisteredAgentCommand {
  static readonly traits = {
    name: 'unblock-unregistered-agent',
    permission: { action: 'block', subject: 'UnregisteredAgent' },
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'UnregisteredAgent'>;

  readonly traits = UnblockUnregisteredAgent.traits;

  protected async run(
    { tx }: CommandContext,
    { id, reason }: UnregisteredAgentInput,
    caller: LoadedUnregisteredAgent,
  ): Promise<Change<{ id: string }>> {
    if (caller.blockedAt === null) throw new DomainError('conflict', 'This caller is not blocked.');
    await tx.unregisteredAgent.update({
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
