import { Injectable } from '@nestjs/common';
import { Command, type Change, type CommandContext, type CommandTraits } from '#libs/commands';
import { idSchema } from '#libs/http';
import type { z } from 'zod';
import { lockAgent, type LoadedAgent } from '../agents.repository.js';
import { assertMayBecome } from '../agents.rules.js';
import { changeAgentStateSchema } from '../agents.schemas.js';

const inputSchema = changeAgentStateSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Stops an agent: no call of it is allowed after this commits, on any replica (invariant I3). */
@Injectable()
export class SuspendAgent extends Command<Input, { id: string }, 'Agent', LoadedAgent> {
  static readonly traits = {
    name: 'suspend-agent',
    permission: { action: 'suspend', subject: 'Agent' },
    changesRights: true,
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Agent'>;

  readonly traits = SuspendAgent.traits;
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
    assertMayBecome(agent.state, 'suspended');
    await tx.agent.update({
      where: { id },
      data: { state: 'suspended', stateReason: reason, updatedAt: now },
      select: { id: true },
    });
    return {
      output: { id },
      subject: agent,
      facts: { from: agent.state, to: 'suspended' },
      reason,
    };
  }
}
