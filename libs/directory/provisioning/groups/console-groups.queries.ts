import { Injectable } from '@nestjs/common';
import { containsText, Database, type GroupWhereInput } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';
import type { z } from 'zod';
import type {
  groupDetailSchema,
  groupPageSchema,
  groupSchema,
  listGroupsQuerySchema,
} from './console-groups.schemas.js';

type ListQuery = z.infer<typeof listGroupsQuerySchema>;
type Group = z.infer<typeof groupSchema>;
type Detail = z.infer<typeof groupDetailSchema>;
type PersonRef = NonNullable<Detail['mappings'][number]['proposedBy']>;

const PERSON = { select: { id: true, name: true, email: true, disabledAt: true } } as const;
const INCLUDE = {
  connection: { select: { id: true, name: true } },
  mappings: { where: { state: 'active' }, select: { role: true } },
  _count: { select: { members: true } },
} as const;

/** Reads groups for the console. */
@Injectable()
export class GroupQueries {
  constructor(private readonly db: Database) {}

  /** Groups by name, one page. */
  async list(query: ListQuery): Promise<z.infer<typeof groupPageSchema>> {
    const where = filter(query);
    const [rows, total] = await Promise.all([
      this.db.group.findMany({
        where,
        include: INCLUDE,
        orderBy: [{ displayName: query.order }, { id: 'asc' }],
        skip: (query.page - 1) * query.perPage,
        take: query.perPage,
      }),
      this.db.group.count({ where }),
    ]);
    return { items: rows.map(toGroup), total };
  }

  /** One group with a page of its members; throws `not_found`. */
  async get(id: string, { page, perPage }: Pick<ListQuery, 'page' | 'perPage'>): Promise<Detail> {
    const row = await this.db.group.findUnique({ where: { id }, include: INCLUDE });
    if (row === null) throw new DomainError('not_found', 'This group was not found: check the id.');
    const [members, mappings] = await Promise.all([
      this.db.groupMember.findMany({
        where: { groupId: id },
        include: { person: PERSON },
        orderBy: [{ person: { name: 'asc' } }, { personId: 'asc' }],
        skip: (page - 1) * perPage,
        take: perPage,
      }),
      this.#mappingsOf(id),
    ]);
    const items = members.map(({ person: { disabledAt, ...person }, addedAt }) => ({
      ...person,
      active: disabledAt === null,
      addedAt: addedAt.toISOString(),
    }));
    return { ...toGroup(row), members: { items, total: row._count.members }, mappings };
  }

  async #mappingsOf(groupId: string): Promise<Detail['mappings']> {
    const rows = await this.db.groupMapping.findMany({
      where: { groupId },
      orderBy: { id: 'desc' },
      take: 100,
    });
    const ids = rows.flatMap(({ proposedById, decidedById }) => [proposedById, decidedById ?? []]);
    const people = await this.db.person.findMany({
      where: { id: { in: ids.flat() } },
      select: { id: true, name: true, email: true },
    });
    const personOf = (id: string | null): PersonRef | null =>
      people.find((person) => person.id === id) ?? null;
    return rows.map((row) => ({
      id: row.id,
      role: row.role,
      state: row.state,
      proposedBy: personOf(row.proposedById),
      decidedBy: personOf(row.decidedById),
      decidedAt: row.decidedAt.toISOString(),
    }));
  }
}

interface Row extends Pick<Group, 'id' | 'displayName' | 'connection'> {
  createdAt: Date;
  updatedAt: Date;
  mappings: { role: Group['roles'][number] }[];
  _count: { members: number };
}

const toGroup = (row: Row): Group => ({
  id: row.id,
  displayName: row.displayName,
  connection: row.connection,
  memberCount: row._count.members,
  roles: row.mappings.map(({ role }) => role),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

const filter = ({ q }: ListQuery): GroupWhereInput =>
  q === undefined || q === '' ? {} : { displayName: containsText(q) };
