import type { Tx } from '#libs/platform/db';
import { assertOwnerAndTeam } from '../agents.registration.js';
import { assertNotRetired } from '../agents.rules.js';
import { reassignAgentSchema } from '../agents.schemas.js';
import { changeOfAgent } from '../agents.repository.js';
import { mayCall, rightsOfAgent, securityOrOwner, wouldCall } from '../second-person/confirmers.js';

/**
 * Gives an agent another owner, another team, or both; an orphan is one no more. Whom the team's rule named
 * becomes a full owner by it, too.
 */
export class ReassignAgent extends changeOfAgent({
  name: 'reassign-agent',
  action: 'change',
  // Policies name agents by their team.
  changesRights: 'registry',
  emergency: { rejected: 'it decides whose an agent is' },
  input: reassignAgentSchema,
  secondPerson: {
    when: 'the agent may call something, or could in its new team; not when the new team only narrows that',
    async ask(ctx, { ownerId, teamId }, agent) {
      const isNewOwner = ownerId !== agent.ownerId || agent.inheritedAt !== null;
      const isNewTeam = teamId !== agent.teamId;
      if (agent.state === 'draft' || !(isNewOwner || isNewTeam)) return null;
      const rights = await rightsOfAgent(ctx, agent);
      const concerns = isNewOwner ? { concerns: [ownerId] } : {};
      if (rights.isEmpty) return isNewTeam ? wouldCall(agent, rights, concerns) : null;
      return {
        explanation: `${await mayCall(ctx, agent, rights)}: ${
          isNewOwner
            ? 'its owner answers for that, and confirms who else may call as this agent'
            : 'rules select agents by their team, and the developers of its team request access for it'
        }.`,
        ...(await securityOrOwner(ctx, agent)),
        ...concerns,
        rights,
        ...(isNewOwner ? { exposes: rights } : { unless: 'narrowed' as const }),
      };
    },
  },
  async run({ tx, now, endAccess }, { id, ownerId, teamId, reason }, agent) {
    assertNotRetired(agent.state);
    await assertOwnerAndTeam(tx, { ownerId, teamId });
    const changes = {
      before: await namesOf(tx, agent),
      after: await namesOf(tx, { ownerId, teamId }),
    };
    await tx.agent.update({
      where: { id },
      data: { ownerId, teamId, orphanedAt: null, inheritedAt: null, updatedAt: now },
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
        wasInherited: agent.inheritedAt !== null,
      },
      reason,
      changes,
    };
  },
}) {}

// For people: ids tell them nothing.
const namesOf = async (
  tx: Tx,
  { ownerId, teamId }: { ownerId: string; teamId: string },
): Promise<{ owner: string; team: string }> => {
  const select = { name: true };
  const owner = await tx.person.findUniqueOrThrow({ where: { id: ownerId }, select });
  const team = await tx.team.findUniqueOrThrow({ where: { id: teamId }, select });
  return { owner: owner.name, team: team.name };
};
