import { RecordSigner } from '#libs/engine/record-signatures';
import { CommandRuntime } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { HOUR_MS, newId, systemActor, systemClock, type Role } from '#libs/platform/kernel';
import { CommandWriter } from '#libs/engine/ledger';
import { createTestDatabase, type TestDatabase, TEST_MASTER_KEY } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PeopleQueries } from './people.queries.js';
import { listPeopleQuerySchema, personDetailSchema, personPageSchema } from './people.schemas.js';
import { TeamQueries } from './teams.queries.js';

let database: TestDatabase;
let db: Database;
let queries: PeopleQueries;
let writer: CommandWriter;
const teamId = newId();

const list = (query: object = {}) =>
  queries.list(listPeopleQuerySchema.parse({ order: 'asc', ...query }));
const namesFor = async (query: object) => (await list(query)).items.map(({ name }) => name);
const add = (name: string, roles: Role[], disabledAt: Date | null = null) =>
  db.person.create({
    data: {
      id: newId(),
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
  const link = { url: database.appUrl, writer: 'api' as const, boot: newId() };
  writer = new CommandWriter(link, []);
  const runtime = new CommandRuntime(
    db,
    writer,
    systemClock,
    [],
    new RecordSigner(TEST_MASTER_KEY),
  );
  queries = new PeopleQueries(db, runtime, { coolingOffHours: 24 });
  await db.team.create({ data: { id: teamId, name: 'support' } });
  await add('Grace', ['grc']);
  await add('Ada', ['it', 'security']);
  await add('Bob_100%', ['office']);
  await add('Gone', ['it'], new Date());
});
afterAll(async () => {
  await writer.stop();
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
    await expect(queries.get(systemActor('spec'), newId())).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('a person', () => {
  it('is shown with every reason for each role, and whether it is valid for approvals', async () => {
    const now = new Date();
    const hourAgo = new Date(now.getTime() - HOUR_MS);
    const dayAgo = new Date(now.getTime() - 25 * HOUR_MS);
    const ada = await db.person.findFirstOrThrow({ where: { name: 'Ada' } });
    const memberSince = async (displayName: string, addedAt: Date, role: Role) => {
      const at = { createdAt: dayAgo, updatedAt: dayAgo };
      const decided = { proposedById: newId(), decidedAt: dayAgo };
      await db.group.create({
        data: {
          ...at,
          id: newId(),
          displayName,
          displayNameFolded: displayName,
          members: { create: { personId: ada.id, addedAt } },
          mappings: { create: { id: newId(), role, state: 'active', ...decided } },
        },
      });
    };
    await memberSince('auditors', dayAgo, 'grc');
    await memberSince('officers', hourAgo, 'office');
    await memberSince('usurpers', dayAgo, 'owner');
    const expiresAt = new Date(now.getTime() + 60_000);
    await db.emergencyAccess.create({
      data: { id: newId(), personId: ada.id, reason: 'on fire', startedAt: now, expiresAt },
    });
    await db.personRole.create({ data: { personId: ada.id, role: 'emergency' } });
    const view = personDetailSchema.parse(await queries.get(systemActor('spec'), ada.id));
    const sources = view.roleSources.map(({ role, via, isCoolingOff }) => ({
      role,
      via,
      isCoolingOff,
    }));
    expect(sources).toEqual([
      { role: 'it', via: 'assignment', isCoolingOff: false },
      { role: 'security', via: 'assignment', isCoolingOff: false },
      { role: 'emergency', via: 'assignment', isCoolingOff: false },
      { role: 'grc', via: 'group', isCoolingOff: false },
      { role: 'office', via: 'group', isCoolingOff: true },
      { role: 'it', via: 'emergency', isCoolingOff: true },
      { role: 'security', via: 'emergency', isCoolingOff: true },
    ]);
    expect(view.roles.toSorted()).toEqual(['emergency', 'grc', 'it', 'office', 'security']);
    expect(await namesFor({ role: 'office' })).toEqual(['Ada', 'Bob_100%']);
    expect(await namesFor({ role: 'owner' })).toEqual([]);
  });

  it('who is inactive is found when asked for', async () => {
    expect(await namesFor({ state: 'inactive' })).toEqual(['Gone']);
    expect(await namesFor({ state: 'all', role: 'it' })).toEqual(['Ada']);
  });
});

describe('teams', () => {
  it('are listed whole', async () => {
    const team = { id: teamId, name: 'support', orphanRule: 'suspend', orphanOwner: null };
    expect(await new TeamQueries(db).list()).toEqual({ items: [team], total: 1 });
  });
});
