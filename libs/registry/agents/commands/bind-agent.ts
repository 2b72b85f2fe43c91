import { Injectable } from '@nestjs/common';
import type { Change, CommandContext, CommandTraits } from '#libs/engine/commands';
import type { z } from 'zod';
import type { LoadedAgent } from '../agents.repository.js';
import { bindAgentIn } from '../bindings/bind-in.js';
import { bindAgentInputSchema } from '../bindings/bindings.schemas.js';
import { AgentCommand } from '../agent-command.js';

type Input = z.infer<typeof bindAgentInputSchema>;

/** Binds an agent to a subject or a client of a trusted issuer, or to a key of its own, exactly (invariant I7). */
@Injectable()
export class BindAgent extends AgentCommand<Input> {
  static readonly traits = {
    name: 'bind-agent',
    permission: { action: 'bind', subject: 'Agent' },
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Agent'>;

  readonly traits = BindAgent.traits;
  readonly input = bindAgentInputSchema;

  protected async run(
    ctx: CommandContext,
    input: Input,
    agent: LoadedAgent,
  ): Promise<Change<{ id: string }>> {
    const { facts, subject } = await bindAgentIn(ctx, agent, input);
    return {
      output: { id: agent.id },
      subject: agent,
      facts: { ...facts },
      changes: { subject, conditions: input.kind === 'subject' ? input.conditions : [] },
    };
  }
}
