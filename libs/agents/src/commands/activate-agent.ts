import { Injectable } from '@nestjs/common';
import { Command, type Change, type CommandContext, type CommandTraits } from '#libs/commands';
import { idSchema } from '#libs/http';
import { DomainError } from '#libs/kernel';
import type { z } from 'zod';
import { lockAgent, type LoadedAgent } from '../agents.repository.js';
import { assertMayBecome } from '../agents.rules.js';
import { changeAgentStateSchema } from '../agents.schemas.js';

const inputSchema = changeAgentStateSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Lets an agent call: from a draft that somebody vouches for, or after a suspension. */
@Injectable()
export class ActivateAgent extends Command<Input, { id: string }, 'Agent', LoadedAgent> {
  static readonly traits = {
    name: 'activate-agent',
    permission: { action: 'activate', subject: 'Agent' },
    changesRights: true,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Agent'>;

  readonly traits = ActivateAgent.traits;
  readonly input = inputSchema;

  protected subjectId({ id }: Input): string {
    return id;
  }

  protected load({ tx }: CommandContext, { id }: Input): Promise<LoadedAgent | null> {
    return lockAgent(tx, id);
  }

  protected async run(
    { tx, now }: CommandContext,
    { id, reason }: Input,
    agent: LoadedAgent,
  ): Promise<Change<{ id: string }>> {
    assertMayBecome(agent.state, 'active');
    if (agent.bindingCount === 0) throw unbound();
    await tx.agent.update({
      where: { id },
      data: { state: 'active', stateReason: reason, updatedAt: now },
      select: { id: true },
    });
    return {
      output: { id },
      subject: agent,
      facts: { from: agent.state, to: 'active' },
      reason,
    };
  }
}

const unbound = (): DomainError =>
  new DomainError(
    'precondition_failed',
    'Nothing vouches for this agent yet. Bind it to a subject of a trusted issuer first.',
  );
