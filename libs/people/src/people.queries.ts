import { Injectable } from '@nestjs/common';
import { Database, type PersonWhereInput } from '#libs/db';
import { DomainError } from '#libs/kernel';
import type { z } from 'zod';
import type {
  issuerPageSchema,
  listPeopleQuerySchema,
  personPageSchema,
  personSchema,
  teamPageSchema,
} from './people.schemas.js';

type ListQuery = z.infer<typeof listPeopleQuerySchema>;
type Person = z.infer<typeof personSchema>;

const INCLUDE = { roles: true, teams: { include: { team: true } } } as const;

/** Reads people, teams and the issuers that are trusted. */
@Injectable()
export class PeopleQueries {
  constructor(private readonly db: Database) {}

  /** People by name, one page. */
  async list(query: ListQuery): Promise<z.infer<typeof personPageSchema>> {
    const where = filter(query);
    const [rows, total] = await Promise.all([
      this.db.person.findMany({
        where,
        include: INCLUDE,
        orderBy: [{ name: query.order }, { id: 'asc' }],
        skip: (query.page - 1) * query.perPage,
        take: query.perPage,
      }),
      this.db.person.count({ where }),
    ]);
    return { items: rows.map(toPerson), total };
  }

  /** One person; throws `not_found`. */
  async get(id: string): Promise<Person> {
    const row = await this.db.person.findUnique({ where: { id }, include: INCLUDE });
    if (row === null) throw new DomainError('not_found', 'There is no such person: check the id.');
    return toPerson(row);
  }

  /** Every team by name. */
  async teams(): Promise<z.infer<typeof teamPageSchema>> {
    const items = await this.db.team.findMany({ orderBy: { name: 'asc' } });
    return { items, total: items.length };
  }

  /** Every trusted issuer by name. */
  async issuers(): Promise<z.infer<typeof issuerPageSchema>> {
    const items = await this.db.issuer.findMany({ orderBy: { name: 'asc' } });
    return { items, total: items.length };
  }
}

interface Row extends Pick<Person, 'id' | 'name' | 'email'> {
  createdAt: Date;
  roles: { role: Person['roles'][number] }[];
  teams: { team: Person['teams'][number] }[];
}

const toPerson = (row: Row): Person => ({
  id: row.id,
  name: row.name,
  email: row.email,
  roles: row.roles.map(({ role }) => role),
  teams: row.teams.map(({ team }) => team),
  createdAt: row.createdAt.toISOString(),
});

const filter = ({ q, role }: ListQuery): PersonWhereInput => ({
  disabledAt: null,
  ...(role === undefined ? {} : { roles: { some: { role } } }),
  ...(q === undefined || q === '' ? {} : { OR: [matches('name', q), matches('email', q)] }),
});

const matches = (field: 'name' | 'email', text: string): PersonWhereInput => ({
  // Prisma hands % and _ through to LIKE; people mean the characters.
  [field]: { contains: text.replaceAll(/[\\%_]/g, String.raw`\$&`), mode: 'insensitive' },
});
