import { Injectable } from '@nestjs/common';
import type { Change, CommandContext, CommandTraits } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import type { LoadedAgent } from '../agents.repository.js';
import { unbindAgentSchema } from '../bindings/bindings.schemas.js';
import { AgentCommand } from '../agent-command.js';

const inputSchema = unbindAgentSchema.extend({ id: idSchema, bindingId: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Takes a binding away. An agent may lose its last one: it stays as it is, and nothing speaks for it. */
@Injectable()
export class UnbindAgent extends AgentCommand<Input> {
  static readonly traits = {
    name: 'unbind-agent',
    permission: { action: 'bind', subject: 'Agent' },
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Agent'>;

  readonly traits = UnbindAgent.traits;
  readonly input = inputSchema;

  protected async run(
    { tx }: CommandContext,
    { id, bindingId, reason }: Input,
    agent: LoadedAgent,
  ): Promise<Change<{ id: string }>> {
    const binding = await tx.binding.findUnique({
      where: { id: bindingId, agentId: id },
      select: { kind: true, issuerId: true, subject: true },
    });
    if (binding === null) throw gone();
    await tx.binding.delete({ where: { id: bindingId }, select: { id: true } });
    const { kind, issuerId, subject } = binding;
    return {
      output: { id },
      subject: agent,
      facts: { bindingId, kind, issuerId, bindingsLeft: agent.bindingCount - 1 },
      reason,
      changes: { subject },
    };
  }
}

const gone = (): DomainError =>
  new DomainError('not_found', 'The agent has no such binding. Look at the agent again.');
