import { Injectable } from '@nestjs/common';
import { containsText, Database, type UnregisteredAgentWhereInput } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import type {
  listUnregisteredAgentsQuerySchema,
  UnregisteredAgentView,
} from './unregistered-agents.schemas.js';
import {
  UNREGISTERED_AGENT_INCLUDE,
  toUnregisteredAgentView,
  type CallerRow,
} from './unregistered-agents.view.js';

type ListQuery = z.infer<typeof listUnregisteredAgentsQuerySchema>;

/** Reads the inbox of unregistered agents. */
@Injectable()
export class UnregisteredQueries {
  constructor(private readonly db: Database) {}

  /** One page, by when they were last seen. */
  async list(query: ListQuery): Promise<{ items: UnregisteredAgentView[]; total: number }> {
    const where = filter(query);
    const [rows, total] = await Promise.all([
      this.db.unregisteredAgent.findMany({
        where,
        include: UNREGISTERED_AGENT_INCLUDE,
        orderBy: [{ lastSeenAt: query.order }, { id: query.order }],
        skip: (query.page - 1) * query.perPage,
        take: query.perPage,
      }),
      this.db.unregisteredAgent.count({ where }),
    ]);
    return { items: await this.#views(rows), total };
  }

  /** One agent. */
  async get(id: string): Promise<UnregisteredAgentView> {
    const row = await this.db.unregisteredAgent.findUnique({
      where: { id },
      include: UNREGISTERED_AGENT_INCLUDE,
    });
    const [view] = row === null ? [] : await this.#views([row]);
    if (view !== undefined) return view;
    throw new DomainError(
      'not_found',
      'Not found: the agent has been registered, or newer entries have replaced this one.',
    );
  }

  async #views(rows: readonly CallerRow[]): Promise<UnregisteredAgentView[]> {
    const ids = rows.map(({ blockedById }) => blockedById).filter((id) => id !== null);
    const people = await this.db.person.findMany({
      where: { id: { in: ids } },
      select: { id: true, name: true, email: true },
    });
    const byId = new Map(people.map((person) => [person.id, person]));
    return rows.map((row) => toUnregisteredAgentView(row, byId));
  }
}

const SEARCHED = ['subject', 'clientId', 'lastSource', 'lastServer', 'lastTool'] as const;

const filter = ({ issuerId, blocked, q }: ListQuery): UnregisteredAgentWhereInput => ({
  ...(issuerId === undefined ? {} : { issuerId }),
  ...(blocked === undefined ? {} : { blockedAt: blocked === 'true' ? { not: null } : null }),
  ...(q === undefined || q === '' ? {} : { OR: SEARCHED.map((field) => matches(field, q)) }),
});

const matches = (field: (typeof SEARCHED)[number], text: string): UnregisteredAgentWhereInput => ({
  [field]: containsText(text),
});
