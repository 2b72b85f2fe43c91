import { Injectable } from '@nestjs/common';
import type { Change, CommandContext, CommandTraits } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import type { LoadedAgent } from '../agents.repository.js';
import { assertMayBecome, assertMayCall } from '../agents.rules.js';
import { changeAgentStateSchema } from '../agents.schemas.js';
import { AgentCommand } from '../agent-command.js';

const inputSchema = changeAgentStateSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Lets an agent call: from a draft that something vouches for, or after a suspension. */
@Injectable()
export class ActivateAgent extends AgentCommand<Input> {
  static readonly traits = {
    name: 'activate-agent',
    permission: { action: 'activate', subject: 'Agent' },
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Agent'>;

  readonly traits = ActivateAgent.traits;
  readonly input = inputSchema;

  protected async run(
    { tx, now }: CommandContext,
    { id, reason }: Input,
    agent: LoadedAgent,
  ): Promise<Change<{ id: string }>> {
    assertMayBecome(agent.state, 'active');
    assertMayCall(agent, now);
    await tx.agent.update({
      where: { id },
      // Its days without a call are counted from here.
      data: { state: 'active', stateReason: reason, activatedAt: now, updatedAt: now },
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
