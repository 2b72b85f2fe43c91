import { type Change } from '#libs/engine/commands';
import type { z } from 'zod';
import { assertInTheFuture } from '../agents.registration.js';
import { changeOfAgent, type LoadedAgent } from '../agents.repository.js';
import { assertNotRetired } from '../agents.rules.js';
import { changeAgentSchema } from '../agents.schemas.js';
import { mayCall, rightsOfAgent, securityOrOwner, wouldCall } from '../second-person/confirmers.js';
import { isLonger, isOtherwiseSelected } from '../second-person/changed-traits.js';
type Input = z.infer<typeof changeAgentSchema>;

/** Changes what is said of an agent, and its limits. What is absent stays; null takes a limit away. */
export class ChangeAgent extends changeOfAgent({
  name: 'change-agent',
  action: 'change',
  // Policies name agents by tier and tag, and an end counts from the moment it is there.
  changesRights: 'registry',
  emergency: { rejected: 'rules select agents by what is changed' },
  input: changeAgentSchema,
  secondPerson: {
    when: 'its tier or tags would let the agent call more, or the agent may call something and a limit of it is lengthened or taken away',
    async ask(ctx, requested, agent) {
      const isRetagged = isOtherwiseSelected(agent, requested);
      const isProlonged = isLonger(agent, requested);
      if (agent.state === 'draft' || !(isRetagged || isProlonged)) return null;
      const rights = await rightsOfAgent(ctx, agent);
      if (rights.isEmpty) return isRetagged ? wouldCall(agent, rights) : null;
      return {
        explanation: `${await mayCall(ctx, agent, rights)}: ${isProlonged ? 'it could do so for longer' : 'rules select agents by tier and tag'}.`,
        ...(await securityOrOwner(ctx, agent)),
        rights,
        ...(isProlonged ? {} : { unless: 'not_widened' as const }),
      };
    },
  },
  async run({ tx, now, endAccess }, { id, ...requested }, agent) {
    assertNotRetired(agent.state);
    const { purpose, riskTier, tags, expiresAt, inactiveAfterDays } = requested;
    assertInTheFuture(now, expiresAt);
    await tx.agent.update({
      where: { id },
      data: {
        ...(purpose === undefined ? {} : { purpose }),
        ...(riskTier === undefined ? {} : { riskTier }),
        ...(tags === undefined ? {} : { tags }),
        ...(expiresAt === undefined ? {} : { expiresAt }),
        ...(inactiveAfterDays === undefined ? {} : { inactiveAfterDays }),
        updatedAt: now,
      },
      select: { id: true },
    });
    const after = {
      teamId: agent.teamId,
      riskTier: riskTier ?? agent.riskTier,
      tags: tags ?? agent.tags,
    };
    if (riskTier !== undefined || tags !== undefined) {
      await endAccess({ kind: 'agent', id, reason: 'changed', before: agent, after });
    }
    return {
      output: { id },
      subject: agent,
      facts: factsOf(agent, requested),
      keepsRights: riskTier === undefined && tags === undefined && expiresAt === undefined,
      ...(purpose === undefined ? {} : { changes: { purposeBefore: agent.purpose, purpose } }),
    };
  },
}) {}

// Only what was asked for, each with what it was before.
const factsOf = (agent: LoadedAgent, requested: Input): Change<unknown>['facts'] => ({
  ...(requested.riskTier === undefined
    ? {}
    : { fromRiskTier: agent.riskTier, riskTier: requested.riskTier }),
  ...(requested.tags === undefined ? {} : { fromTags: agent.tags, tags: requested.tags }),
  ...(requested.expiresAt === undefined
    ? {}
    : { fromExpiresAt: agent.expiresAt?.toISOString() ?? null, expiresAt: requested.expiresAt }),
  ...(requested.inactiveAfterDays === undefined
    ? {}
    : {
        fromInactiveAfterDays: agent.inactiveAfterDays,
        inactiveAfterDays: requested.inactiveAfterDays,
      }),
});
