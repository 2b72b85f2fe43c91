import { Injectable } from '@nestjs/common';
import type { Change, CommandContext, CommandTraits } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';
import { callerName, type LoadedUnregisteredAgent } from '../unregistered-agents.repository.js';
import {
  UnregisteredAgentCommand,
  type UnregisteredAgentInput,
} from '../unregistered-agent-command.js';

/** Rejects a caller for good, also if somebody binds its subject later. */
@Injectable()
export class BlockUnregisteredAgent extends UnregisteredAgentCommand {
  static readonly traits = {
    name: 'block-unregistered-agent',
    permission: { action: 'block', subject: 'UnregisteredAgent' },
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'UnregisteredAgent'>;

  readonly traits = BlockUnregisteredAgent.traits;

  protected async run(
    { tx, now, actor }: CommandContext,
    { id, reason }: UnregisteredAgentInput,
    caller: LoadedUnregisteredAgent,
  ): Promise<Change<{ id: string }>> {
    if (caller.blockedAt !== null)
      throw new DomainError('conflict', 'This caller is blocked already.');
    const blockedById = actor.kind === 'person' ? actor.id : null;
    await tx.unregisteredAgent.update({
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
