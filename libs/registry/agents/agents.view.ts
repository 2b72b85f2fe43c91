import type { AgentInclude } from '#libs/platform/db';
import type { AgentDetailView, AgentView } from './agents.schemas.js';
import type { AgentActivity } from './agents.sql.js';
import { bindingSchema } from './bindings/bindings.schemas.js';

/** What a screen about an agent joins. */
export const AGENT_INCLUDE = {
  owner: { select: { id: true, name: true, email: true } },
  team: { select: { id: true, name: true } },
  _count: { select: { bindings: true } },
} as const satisfies AgentInclude;

/** The same with its bindings. */
export const AGENT_DETAIL_INCLUDE = {
  ...AGENT_INCLUDE,
  bindings: {
    include: { issuer: { select: { id: true, url: true, name: true } } },
    orderBy: { id: 'asc' },
  },
} as const satisfies AgentInclude;

type TimeField =
  | 'createdAt'
  | 'updatedAt'
  | 'expiresAt'
  | 'orphanedAt'
  | 'inheritedAt'
  | 'tokensRevokedBefore'
  | 'activatedAt'
  | 'retiredAt';
type Activity = 'lastCallAt' | 'callsLast24h' | 'deniedOrInvalidLast24h';
type Times = { [F in TimeField]: Date | (null extends AgentView[F] ? null : never) };

/** An agent's row with {@link AGENT_INCLUDE}, as the database gives it. */
export interface AgentRow extends Omit<AgentView, TimeField | Activity | 'bindingCount'>, Times {
  _count: { bindings: number };
}

type BindingView = AgentDetailView['bindings'][number];

/** The row with {@link AGENT_DETAIL_INCLUDE}. */
export interface AgentDetailRow extends AgentRow {
  bindings: (Omit<BindingView, 'createdAt' | 'conditions' | 'publicKey'> & {
    createdAt: Date;
    conditions: unknown;
    publicKey: unknown;
  })[];
}

const IDLE: AgentActivity = { lastCallAt: null, calls: 0, deniedOrInvalid: 0 };

/** The row as lists show it. */
export const toAgentView = (row: AgentRow, activity: AgentActivity = IDLE): AgentView => ({
  ...row,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  orphanedAt: row.orphanedAt?.toISOString() ?? null,
  inheritedAt: row.inheritedAt?.toISOString() ?? null,
  tokensRevokedBefore: row.tokensRevokedBefore?.toISOString() ?? null,
  activatedAt: row.activatedAt?.toISOString() ?? null,
  retiredAt: row.retiredAt?.toISOString() ?? null,
  bindingCount: row._count.bindings,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  lastCallAt: activity.lastCallAt?.toISOString() ?? null,
  callsLast24h: activity.calls,
  deniedOrInvalidLast24h: activity.deniedOrInvalid,
});

const storedSchema = bindingSchema.pick({ conditions: true, publicKey: true });

/** The row as its own page shows it. */
export const toAgentDetailView = (
  row: AgentDetailRow,
  activity?: AgentActivity,
): AgentDetailView => ({
  ...toAgentView(row, activity),
  bindings: row.bindings.map((binding) => ({
    ...binding,
    ...storedSchema.parse(binding),
    createdAt: binding.createdAt.toISOString(),
  })),
});
