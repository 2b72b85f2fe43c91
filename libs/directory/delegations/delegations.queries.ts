import { Injectable } from '@nestjs/common';
import { can, readableWhere } from '#libs/platform/access';
import { CommandRuntime } from '#libs/engine/commands';
import { Database, type DelegationWhereInput } from '#libs/platform/db';
import { DomainError, type Actor } from '#libs/platform/kernel';
import type { z } from 'zod';
import type {
  delegationAgentPageSchema,
  delegationPageSchema,
  delegationStateSchema,
  DelegationView,
  listDelegationsQuerySchema,
} from './delegations.schemas.js';

type ListQuery = z.infer<typeof listDelegationsQuerySchema>;

const INCLUDE = {
  person: { select: { id: true, name: true, email: true } },
  agent: { select: { id: true, name: true } },
  server: { select: { id: true, name: true } },
} as const;

const AGENTS_SHOWN = 500;

/** Reads delegations: everybody their own, and those of others whom libs/platform/access lets. */
@Injectable()
export class DelegationQueries {
  constructor(
    private readonly db: Database,
    private readonly runtime: CommandRuntime,
  ) {}

  /** One page, newest first unless asked otherwise. */
  async list(actor: Actor, query: ListQuery): Promise<z.infer<typeof delegationPageSchema>> {
    const now = this.runtime.clock.now();
    const { personId, agentId, state, page, perPage, order } = query;
    const where: DelegationWhereInput = {
      AND: [
        readable(actor),
        personId === undefined ? {} : { personId },
        agentId === undefined ? {} : { agentId },
        state === undefined ? {} : inState(state, now),
      ],
    };
    const [rows, total] = await Promise.all([
      this.db.delegation.findMany({
        where,
        include: INCLUDE,
        orderBy: { id: order },
        skip: (page - 1) * perPage,
        take: perPage,
      }),
      this.db.delegation.count({ where }),
    ]);
    return { items: rows.map((row) => toView(row, now)), total };
  }

  /** One delegation. What the actor may not see is `not_found`, like what does not exist. */
  async get(actor: Actor, id: string): Promise<DelegationView> {
    const row = await this.db.delegation.findUnique({ where: { id }, include: INCLUDE });
    if (row === null || !can(actor, 'read', 'Delegation', row)) {
      throw new DomainError(
        'not_found',
        'This delegation was not found, or you do not have access to it.',
      );
    }
    return toView(row, this.runtime.clock.now());
  }

  /** Agents that somebody can let act for them: the active ones, by name. */
  async agents(): Promise<z.infer<typeof delegationAgentPageSchema>> {
    const items = await this.db.agent.findMany({
      where: { state: 'active' },
      select: { id: true, name: true, purpose: true, team: { select: { id: true, name: true } } },
      orderBy: { name: 'asc' },
      take: AGENTS_SHOWN,
    });
    return { items, total: items.length };
  }
}

const readable = (actor: Actor): DelegationWhereInput =>
  readableWhere(actor, 'Delegation', { personId: (test) => ({ personId: test }) });

const inState = (state: z.infer<typeof delegationStateSchema>, now: Date): DelegationWhereInput => {
  if (state === 'withdrawn') return { withdrawnAt: { not: null } };
  return { withdrawnAt: null, expiresAt: state === 'active' ? { gt: now } : { lte: now } };
};

interface Row extends Pick<DelegationView, 'id' | 'person' | 'agent' | 'server' | 'purpose'> {
  createdAt: Date;
  expiresAt: Date;
  withdrawnAt: Date | null;
}

const toView = (row: Row, now: Date): DelegationView => ({
  id: row.id,
  person: row.person,
  agent: row.agent,
  server: row.server,
  purpose: row.purpose,
  state: stateOf(row, now),
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
});

const stateOf = ({ withdrawnAt, expiresAt }: Row, now: Date): DelegationView['state'] => {
  if (withdrawnAt !== null) return 'withdrawn';
  return expiresAt > now ? 'active' : 'expired';
};
