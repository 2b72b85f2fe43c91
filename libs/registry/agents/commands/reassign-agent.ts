import { Injectable } from '@nestjs/common';
import type { Change, CommandContext, CommandTraits } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import type { z } from 'zod';
import { assertOwnerAndTeam } from '../agents.registration.js';
import type { LoadedAgent } from '../agents.repository.js';
import { assertNotRetired } from '../agents.rules.js';
import { reassignAgentSchema } from '../agents.schemas.js';
import { AgentCommand } from '../agent-command.js';

const inputSchema = reassignAgentSchema.extend({ id: idSchema });
type Input = z.infer<typeof inputSchema>;

/** Gives an agent another owner, another team, or both; an orphan is one no more. */
@Injectable()
export class ReassignAgent extends AgentCommand<Input> {
  static readonly traits = {
    name: 'reassign-agent',
    permission: { action: 'change', subject: 'Agent' },
    // Policies name agents by their team.
    changesRights: 'registry',
    creates: false,
    actors: 'people',
  } as const satisfies CommandTraits<'Agent'>;

  readonly traits = ReassignAgent.traits;
  readonly input = inputSchema;

  protected async run(
    { tx, now }: CommandContext,
    { id, ownerId, teamId, reason }: Input,
    agent: LoadedAgent,
  ): Promise<Change<{ id: string }>> {
    assertNotRetired(agent.state);
    await assertOwnerAndTeam(tx, { ownerId, teamId });
    await tx.agent.update({
      where: { id },
      data: { ownerId, teamId, orphanedAt: null, updatedAt: now },
      select: { id: true },
    });
    return {
      output: { id },
      subject: agent,
      facts: {
        fromOwnerId: agent.ownerId,
        ownerId,
        fromTeamId: agent.teamId,
        teamId,
        wasOrphaned: agent.orphanedAt !== null,
      },
      reason,
    };
  }
}
