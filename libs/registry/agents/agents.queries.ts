import { Injectable } from '@nestjs/common';
import { can } from '#libs/platform/access';
import { containsText, Database, type AgentWhereInput } from '#libs/platform/db';
import { DAY_MS, DomainError, type Actor } from '#libs/platform/kernel';
import type { z } from 'zod';
import { readableAgents } from './agents.access.js';
import type { AgentDetailView, AgentView, listAgentsQuerySchema } from './agents.schemas.js';
import { agentActivity } from './agents.sql.js';
import {
  AGENT_DETAIL_INCLUDE,
  AGENT_INCLUDE,
  toAgentDetailView,
  toAgentView,
} from './agents.view.js';

type ListQuery = z.infer<typeof listAgentsQuerySchema>;

/** Reads agents for screens: only those that the actor may see. */
@Injectable()
export class AgentQueries {
  constructor(private readonly db: Database) {}

  /** One page, filtered and sorted, each with what it did of late. */
  async list(actor: Actor, query: ListQuery): Promise<{ items: AgentView[]; total: number }> {
    const now = new Date();
    const where: AgentWhereInput = { AND: [readableAgents(actor), filter(query, now)] };
    const [rows, total] = await Promise.all([
      this.db.agent.findMany({
        where,
        include: AGENT_INCLUDE,
        orderBy: [{ [query.sort]: query.order }, { id: query.order }],
        skip: (query.page - 1) * query.perPage,
        take: query.perPage,
      }),
      this.db.agent.count({ where }),
    ]);
    const ids = rows.map((row) => row.id);
    const activity = await agentActivity(this.db, ids, now);
    return { items: rows.map((row) => toAgentView(row, activity.get(row.id))), total };
  }

  /** One agent. What the actor may not see is `not_found`, like what does not exist. */
  async get(actor: Actor, id: string): Promise<AgentDetailView> {
    const row = await this.db.agent.findUnique({ where: { id }, include: AGENT_DETAIL_INCLUDE });
    if (row === null || !can(actor, 'read', 'Agent', row)) {
      throw new DomainError(
        'not_found',
        'This agent was not found, or you do not have access to it.',
      );
    }
    const activity = await agentActivity(this.db, [id], new Date());
    return toAgentDetailView(row, activity.get(id));
  }
}

const EXPIRING_WITHIN_MS = 30 * DAY_MS;

const filter = (query: ListQuery, now: Date): AgentWhereInput => {
  const { q, state, riskTier, teamId, ownerId } = query;
  const soon = new Date(now.getTime() + EXPIRING_WITHIN_MS);
  return {
    ...(state === undefined ? {} : { state }),
    ...(riskTier === undefined ? {} : { riskTier }),
    ...(teamId === undefined ? {} : { teamId }),
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(q === undefined || q === '' ? {} : { OR: [matches('name', q), matches('purpose', q)] }),
    AND: [
      either(query.orphaned, { orphanedAt: { not: null } }),
      either(query.unbound, { bindings: { none: {} }, state: { not: 'retired' } }),
      // Compared with null it is neither, so the opposite is spelt out as "not one of these".
      either(query.expiring, {
        AND: [{ expiresAt: { not: null } }, { expiresAt: { lte: soon } }],
        state: { not: 'retired' },
      }),
    ],
  };
};

const either = (
  requested: 'true' | 'false' | undefined,
  where: AgentWhereInput,
): AgentWhereInput => {
  if (requested === undefined) return {};
  return requested === 'true' ? where : { NOT: where };
};

const matches = (field: 'name' | 'purpose', text: string): AgentWhereInput => ({
  [field]: containsText(text),
});
