import { assertOwnerAndTeam } from '../agents.registration.js';
import { assertNotRetired } from '../agents.rules.js';
import { reassignAgentSchema } from '../agents.schemas.js';
import { changeOfAgent } from '../agents.repository.js';

/** Gives an agent another owner, another team, or both; an orphan is one no more. */
export class ReassignAgent extends changeOfAgent({
  name: 'reassign-agent',
  action: 'change',
  // Policies name agents by their team.
  changesRights: 'registry',
  emergency: { rejected: 'it decides whose an agent is' },
  input: reassignAgentSchema,
  async run({ tx, now, endAccess }, { id, ownerId, teamId, reason }, agent) {
    assertNotRetired(agent.state);
    await assertOwnerAndTeam(tx, { ownerId, teamId });
    await tx.agent.update({
      where: { id },
      data: { ownerId, teamId, orphanedAt: null, updatedAt: now },
      select: { id: true },
    });
    if (teamId !== agent.teamId) {
      const after = { ...agent, teamId };
      await endAccess({ kind: 'agent', id, reason: 'changed', before: agent, after });
    }
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
  },
}) {}
