import { Injectable } from '@nestjs/common';
import { Database, type GroupMappingWhereInput } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import type {
  groupMappingPageSchema,
  GroupMappingView,
  listGroupMappingsQuerySchema,
} from './group-mappings.schemas.js';

type ListQuery = z.infer<typeof listGroupMappingsQuerySchema>;

const INCLUDE = {
  group: { select: { id: true, displayName: true, _count: { select: { members: true } } } },
} as const;

/** Reads group mappings. */
@Injectable()
export class GroupMappingQueries {
  constructor(private readonly db: Database) {}

  /** One page, newest first unless asked otherwise. */
  async list(query: ListQuery): Promise<z.infer<typeof groupMappingPageSchema>> {
    const { groupId, role, state, page, perPage, order } = query;
    const where: GroupMappingWhereInput = {
      ...(groupId === undefined ? {} : { groupId }),
      ...(role === undefined ? {} : { role }),
      state: state ?? 'active',
    };
    const [rows, total] = await Promise.all([
      this.db.groupMapping.findMany({
        where,
        include: INCLUDE,
        orderBy: { id: order },
        skip: (page - 1) * perPage,
        take: perPage,
      }),
      this.db.groupMapping.count({ where }),
    ]);
    return { items: await this.#views(rows), total };
  }

  /** One mapping; throws `not_found`. */
  async get(id: string): Promise<GroupMappingView> {
    const row = await this.db.groupMapping.findUnique({ where: { id }, include: INCLUDE });
    const [view] = row === null ? [] : await this.#views([row]);
    if (view === undefined) {
      throw new DomainError('not_found', 'This mapping was not found: check the id.');
    }
    return view;
  }

  async #views(rows: readonly Row[]): Promise<GroupMappingView[]> {
    const ids = rows.flatMap(({ proposedById, decidedById }) => [proposedById, decidedById ?? []]);
    const people = await this.db.person.findMany({
      where: { id: { in: ids.flat() } },
      select: { id: true, name: true, email: true },
    });
    const byId = new Map(people.map((person) => [person.id, person]));
    return rows.map(({ group, proposedById, decidedById, ...row }) => ({
      id: row.id,
      role: row.role,
      state: row.state,
      group: { id: group.id, name: group.displayName },
      memberCount: group._count.members,
      proposedBy: byId.get(proposedById) ?? null,
      decidedBy: byId.get(decidedById ?? '') ?? null,
      decidedAt: row.decidedAt.toISOString(),
    }));
  }
}

interface Row extends Pick<GroupMappingView, 'id' | 'role' | 'state'> {
  group: { id: string; displayName: string; _count: { members: number } };
  proposedById: string;
  decidedById: string | null;
  decidedAt: Date;
}
