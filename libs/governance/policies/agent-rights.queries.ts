import { Injectable } from '@nestjs/common';
import { AgentQueries, type agentRightsSchema } from '#libs/registry/agents';
import { Database, readEpoch, transaction } from '#libs/platform/db';
import type { Actor } from '#libs/platform/kernel';
import { toolKey, type ToolFacts } from '#libs/engine/policy';
import type { z } from 'zod';
import { considerPair, effectOf } from './impact/pair-effect.js';
import { compilePublished, type CompiledPolicies } from './impact/published-snapshot.js';
import { loadPolicyCatalog, loadPublishedRules } from './policies.loader.js';

type AgentRights = z.infer<typeof agentRightsSchema>;

/** What one agent may do under the policies in force, tool by tool. */
@Injectable()
export class AgentRightsQueries {
  constructor(
    private readonly db: Database,
    private readonly agents: AgentQueries,
  ) {}

  /** The rights of an agent that the actor may see, at one epoch. */
  async get(actor: Actor, agentId: string): Promise<AgentRights> {
    await this.agents.get(actor, agentId);
    const read = await transaction(
      this.db,
      async (tx) => ({
        epoch: await readEpoch(tx),
        published: await loadPublishedRules(tx),
        catalog: await loadPolicyCatalog(tx),
      }),
      { isolation: 'RepeatableRead' },
    );
    const { tools, agents } = read.catalog;
    const own = agents.filter((agent) => agent.id === agentId);
    const now = new Date();
    const compiled = compilePublished(read.published, { tools, agents: own });
    const inOrder = tools.toSorted((a, b) => (toolKey(a) < toolKey(b) ? -1 : 1));
    return {
      epoch: String(read.epoch),
      items: inOrder.map((tool) => rightOn(compiled, agentId, tool, now)),
    };
  }
}

const rightOn = (
  compiled: CompiledPolicies,
  agentId: string,
  { id, server, name, classification }: ToolFacts,
  now: Date,
): AgentRights['items'][number] => {
  const rules = considerPair(compiled, agentId, id, now);
  return {
    tool: { id, server, name },
    classification,
    effect: effectOf(rules),
    rules: rules.map(({ rule, effect, policy, reason, expiresAtMs }) => ({
      rule,
      effect,
      policy: { id: policy.id, name: policy.name },
      reason,
      expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString(),
    })),
  };
};
