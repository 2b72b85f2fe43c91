import { Database } from '#libs/db';
import { newId, type Role } from '#libs/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PeopleQueries } from './people.queries.js';
import { issuerPageSchema, listPeopleQuerySchema, personPageSchema } from './people.schemas.js';

let database: TestDatabase;
let db: Database;
let queries: PeopleQueries;
const teamId = newId();

const list = (query: object = {}) =>
  queries.list(listPeopleQuerySchema.parse({ order: 'asc', ...query }));
const namesFor = async (query: object) => (await list(query)).items.map(({ name }) => name);
const add = (name: string, roles: Role[], disabledAt: Date | null = null) =>
  db.person.create({
    data: {
      id: newId(),
      issuer: 'https://idp.test',
      subject: name,
      email: `${name.toLowerCase()}@example.test`,
      name,
      disabledAt,
      createdAt: new Date(),
      roles: { create: roles.map((role) => ({ role })) },
      teams: { create: [{ teamId }] },
    },
  });

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  queries = new PeopleQueries(db);
  await db.team.create({ data: { id: teamId, name: 'support' } });
  await add('Grace', ['grc']);
  await add('Ada', ['it', 'security']);
  await add('Bob_100%', ['office']);
  await add('Gone', ['it'], new Date());
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

describe('people', () => {
  it('are listed by name with their roles and teams, without those who were disabled', async () => {
    const page = await list();
    expect(personPageSchema.parse(page)).toEqual(page);
    expect(page.total).toBe(3);
    expect(page.items.map(({ name }) => name)).toEqual(['Ada', 'Bob_100%', 'Grace']);
    expect(page.items[0]).toMatchObject({ teams: [{ id: teamId, name: 'support' }] });
    expect(page.items[0]?.roles.toSorted()).toEqual(['it', 'security']);
  });

  it('are found by a part of their name or e-mail, letter by letter', async () => {
    expect(await namesFor({ q: 'GRACE@' })).toEqual(['Grace']);
    expect(await namesFor({ q: '%' })).toEqual(['Bob_100%']);
    expect(await namesFor({ q: 'b_1' })).toEqual(['Bob_100%']);
    expect(await namesFor({ q: "' OR 1=1 --" })).toEqual([]);
    expect(await namesFor({ role: 'security' })).toEqual(['Ada']);
  });

  it('come page by page', async () => {
    const { items, total } = await list({ perPage: 1, page: 2 });
    expect(items.map(({ name }) => name)).toEqual(['Bob_100%']);
    expect(total).toBe(3);
  });

  it('are not found by an id that nobody has', async () => {
    await expect(queries.get(newId())).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('teams and issuers', () => {
  it('are listed whole', async () => {
    expect(await queries.teams()).toEqual({ items: [{ id: teamId, name: 'support' }], total: 1 });
    const issuers = await queries.issuers();
    expect(issuerPageSchema.parse(issuers)).toEqual({ items: [], total: 0 });
  });
});
