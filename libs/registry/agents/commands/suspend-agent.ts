import { Injectable } from '@nestjs/common';
import type { Change, CommandContext, CommandTraits } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import { suspendAgentNow } from '../agents.changes.js';
import type { LoadedAgent } from '../agents.repository.js';
import { assertMayBecome } from '../agents.rules.js';
import { changeAgentStateSchema } from '../agents.schemas.js';
import { AgentCommand } from '../agent-command.js';

const inputSchema = changeAgentStateSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Stops an agent: no call of it is allowed after this commits, on any replica (invariant I3). */
@Injectable()
export class SuspendAgent extends AgentCommand<Input> {
  static readonly traits = {
    name: 'suspend-agent',
    permission: { action: 'suspend', subject: 'Agent' },
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Agent'>;

  readonly traits = SuspendAgent.traits;
  readonly input = inputSchema;

  protected async run(
    ctx: CommandContext,
    { id, reason }: Input,
    agent: LoadedAgent,
  ): Promise<Change<{ id: string }>> {
    assertMayBecome(agent.state, 'suspended');
    await suspendAgentNow(ctx, id, reason);
    return {
      output: { id },
      subject: agent,
      facts: { from: agent.state, to: 'suspended' },
      reason,
    };
  }
}
