import { Injectable } from '@nestjs/common';
import type { Change, CommandContext, CommandTraits } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import { retireAgentNow } from '../agents.changes.js';
import type { LoadedAgent } from '../agents.repository.js';
import { assertMayBecome } from '../agents.rules.js';
import { changeAgentStateSchema } from '../agents.schemas.js';
import { AgentCommand } from '../agent-command.js';

const inputSchema = changeAgentStateSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Ends an agent for good: nothing vouches for it any more, and its name and id are never another's. */
@Injectable()
export class RetireAgent extends AgentCommand<Input> {
  static readonly traits = {
    name: 'retire-agent',
    permission: { action: 'retire', subject: 'Agent' },
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Agent'>;

  readonly traits = RetireAgent.traits;
  readonly input = inputSchema;

  protected async run(
    ctx: CommandContext,
    { id, reason }: Input,
    agent: LoadedAgent,
  ): Promise<Change<{ id: string }>> {
    assertMayBecome(agent.state, 'retired');
    await retireAgentNow(ctx, id, reason);
    return {
      output: { id },
      subject: agent,
      facts: { from: agent.state, to: 'retired', bindingsRemoved: agent.bindingCount },
      reason,
    };
  }
}
