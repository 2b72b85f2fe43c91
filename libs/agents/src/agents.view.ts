import type { AgentInclude } from '#libs/db';
import type { AgentDetailView, AgentView } from './agents.schemas.js';
import type { AgentActivity } from './agents.sql.js';

/** What a screen about an agent joins. */
export const AGENT_INCLUDE = {
  owner: { select: { id: true, name: true, email: true } },
  team: true,
} as const satisfies AgentInclude;

/** The same with what vouches for it. */
export const AGENT_DETAIL_INCLUDE = {
  ...AGENT_INCLUDE,
  bindings: {
    include: { issuer: { select: { id: true, url: true, name: true } } },
    orderBy: { id: 'asc' },
  },
} as const satisfies AgentInclude;

/** An agent's row with {@link AGENT_INCLUDE}, as the database gives it. */
export interface AgentRow extends Pick<
  AgentView,
  'id' | 'name' | 'purpose' | 'state' | 'stateReason' | 'riskTier' | 'tags' | 'owner' | 'team'
> {
  createdAt: Date;
  updatedAt: Date;
}

/** The row with {@link AGENT_DETAIL_INCLUDE}. */
export interface AgentDetailRow extends AgentRow {
  bindings: (Omit<AgentDetailView['bindings'][number], 'createdAt'> & { createdAt: Date })[];
}

const IDLE: AgentActivity = { lastCallAt: null, calls: 0, refusals: 0 };

/** The row as lists show it. */
export const toAgentView = (row: AgentRow, activity: AgentActivity = IDLE): AgentView => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  lastCallAt: activity.lastCallAt?.toISOString() ?? null,
  callsLast24h: activity.calls,
  refusalsLast24h: activity.refusals,
});

/** The row as its own page shows it. */
export const toAgentDetailView = (
  row: AgentDetailRow,
  activity?: AgentActivity,
): AgentDetailView => ({
  ...toAgentView(row, activity),
  bindings: row.bindings.map((binding) => ({
    ...binding,
    createdAt: binding.createdAt.toISOString(),
  })),
});
