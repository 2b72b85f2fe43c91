import { Injectable } from '@nestjs/common';
import type { Change, CommandContext, CommandTraits } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import { revokeAgentAccess } from '../agents.changes.js';
import type { LoadedAgent } from '../agents.repository.js';
import { assertNotRetired } from '../agents.rules.js';
import { changeAgentStateSchema } from '../agents.schemas.js';
import { AgentCommand } from '../agent-command.js';

const inputSchema = changeAgentStateSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Signs an agent out: its tokens issued until now stop counting, and it may come with new ones. */
@Injectable()
export class RevokeAgentTokens extends AgentCommand<Input> {
  static readonly traits = {
    name: 'revoke-agent-tokens',
    // Less than suspending it, so whoever may do that may do this.
    permission: { action: 'suspend', subject: 'Agent' },
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Agent'>;

  readonly traits = RevokeAgentTokens.traits;
  readonly input = inputSchema;

  protected async run(
    ctx: CommandContext,
    { id, reason }: Input,
    agent: LoadedAgent,
  ): Promise<Change<{ id: string }>> {
    assertNotRetired(agent.state);
    await revokeAgentAccess(ctx, id);
    return {
      output: { id },
      subject: agent,
      facts: { tokensRevokedBefore: ctx.now.toISOString() },
      reason,
    };
  }
}
