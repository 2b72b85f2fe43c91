import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { Database, readEpochSections } from '#libs/platform/db';
import { newId, systemClock, type Actor, type Role } from '#libs/platform/kernel';
import { CommandWriter } from '#libs/engine/ledger';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LiftStop, PressStop, stopCommands, StopQueries, stopSchema } from './index.js';
import { listStopsQuerySchema } from './stops.schemas.js';

let database: TestDatabase;
let db: Database;
let writer: CommandWriter;
let press: PressStop;
let lift: LiftStop;
let queries: StopQueries;
let it_: Actor;
let security: Actor;
const [serverId, toolId] = [newId(), newId()];

const addPerson = async (roles: Role[]): Promise<Actor> => {
  const id = newId();
  const who = { email: `${id}@example.test`, name: 'Somebody' };
  await db.person.create({ data: { id, ...who, createdAt: new Date() } });
  return { kind: 'person', id, name: who.name, roles, teamIds: [] };
};

const list = (query: object = {}) => queries.list(listStopsQuerySchema.parse(query));

const addServer = async (): Promise<void> => {
  const now = new Date();
  const teamId = newId();
  await db.team.create({ data: { id: teamId, name: 'team' } });
  const [owner] = await db.person.findMany({ take: 1 });
  await db.toolServer.create({
    data: {
      id: serverId,
      slug: 'shop',
      name: 'Shop',
      kind: 'mcp',
      url: 'http://127.0.0.1:1/',
      state: 'ready',
      ownerId: owner?.id ?? '',
      teamId,
      createdAt: now,
      updatedAt: now,
    },
  });
  await db.tool.create({
    data: {
      id: toolId,
      serverId,
      name: 'refund',
      inputSchema: {},
      annotations: {},
      classification: 'write',
      definitionDigest: 'a'.repeat(64),
      pinnedAt: now,
    },
  });
};

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  writer = new CommandWriter({ url: database.appUrl, writer: 'api', boot: newId() }, [
    ...commandNames(stopCommands),
  ]);
  const runtime = new CommandRuntime(db, writer, systemClock);
  press = new PressStop(runtime);
  lift = new LiftStop(runtime);
  queries = new StopQueries(db);
  it_ = await addPerson(['it']);
  security = await addPerson(['security']);
  await addServer();
});

afterEach(() => db.stop.updateMany({ where: { liftedAt: null }, data: { liftedAt: new Date() } }));

afterAll(async () => {
  await writer.stop();
  await db.$disconnect();
  await database.drop();
});

describe('the stop button', () => {
  it.each([
    ['a tool', () => ({ scope: 'tool', targetId: toolId }), 'shop/refund'],
    ['a tool server', () => ({ scope: 'server', targetId: serverId }), 'shop'],
    ['everything', () => ({ scope: 'everything' }), null],
  ])(
    'stops %s, with its name, its reason and an entry, and moves the epoch',
    async (_, make, name) => {
      const target = make();
      const before = await readEpochSections(db);
      const { id } = await press.execute(security, { ...target, reason: 'odd answers' });
      const after = await readEpochSections(db);
      expect(after).toEqual({
        value: before.value + 1n,
        registry: before.value + 1n,
        people: before.people,
      });
      const view = stopSchema.parse(await queries.get(id));
      expect(view).toMatchObject({
        scope: target.scope,
        target: name === null ? null : { name },
        reason: 'odd answers',
        stoppedBy: { name: security.name },
        liftedAt: null,
      });
      expect(
        await db.ledgerEntry.findFirst({ where: { type: 'press-stop', subjectId: id } }),
      ).toMatchObject({
        subjectKind: 'stop',
        data: { outcome: 'succeeded', facts: { scope: target.scope } },
      });
      expect(await db.alarm.count({ where: { subjectId: id, kind: 'everything_stopped' } })).toBe(
        target.scope === 'everything' ? 1 : 0,
      );
    },
  );

  it('is in force until somebody lifts it, with a reason', async () => {
    const { id } = await press.execute(it_, { scope: 'everything', reason: 'odd answers' });
    expect((await list({ inForce: 'true' })).items).toMatchObject([{ id }]);
    const before = await readEpochSections(db);
    await lift.execute(security, { id, reason: 'looked into it' });
    expect((await readEpochSections(db)).registry).toBe(before.value + 1n);
    expect((await list({ inForce: 'true' })).total).toBe(0);
    expect(await queries.get(id)).toMatchObject({
      liftedBy: { name: security.name },
      liftedReason: 'looked into it',
    });
    expect((await list({ inForce: 'false' })).items.map((stop) => stop.id)).toContain(id);
  });

  it('is pressed once for one target, also by two at once, and again after it was lifted', async () => {
    const stop = { scope: 'tool', targetId: toolId, reason: 'odd answers' };
    const results = await Promise.allSettled([
      press.execute(it_, stop),
      press.execute(security, stop),
    ]);
    const done = results.flatMap((result) =>
      result.status === 'fulfilled' ? [result.value.id] : [],
    );
    expect(done).toHaveLength(1);
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({
      reason: { code: 'conflict', message: 'shop/refund is stopped already.' },
    });
    // Its server is another target.
    await press.execute(it_, { scope: 'server', targetId: serverId, reason: 'odd answers' });
    await lift.execute(it_, { id: done[0], reason: 'fine again' });
    await press.execute(it_, stop);
  });

  it('is lifted once, also by two at once', async () => {
    const { id } = await press.execute(it_, { scope: 'everything', reason: 'odd answers' });
    const results = await Promise.allSettled(
      [it_, security].map((who) => lift.execute(who, { id, reason: 'fine again' })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    await expect(lift.execute(it_, { id, reason: 'again' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it.each([
    ['no reason', () => ({ scope: 'everything' })],
    ['too short a reason', () => ({ scope: 'everything', reason: 'x' })],
    ['a tool without saying which', () => ({ scope: 'tool', reason: 'odd' })],
    ['everything of something', () => ({ scope: 'everything', targetId: toolId, reason: 'odd' })],
    ['a tool that is none', () => ({ scope: 'tool', targetId: serverId, reason: 'odd' })],
    ['a server that is none', () => ({ scope: 'server', targetId: toolId, reason: 'odd' })],
    ['an agent', () => ({ scope: 'agent', targetId: newId(), reason: 'odd' })],
  ])('refuses %s, and stops nothing', async (_, make) => {
    await expect(press.execute(it_, make())).rejects.toMatchObject({ code: 'invalid_input' });
    expect((await list({ inForce: 'true' })).total).toBe(0);
  });

  it('is not for other roles, nor is lifting it', async () => {
    const { id } = await press.execute(it_, { scope: 'everything', reason: 'odd answers' });
    for (const role of ['developer', 'grc', 'office', 'emergency', 'owner'] as const) {
      const person = await addPerson([role]);
      await expect(
        press.execute(person, { scope: 'tool', targetId: toolId, reason: 'odd' }),
      ).rejects.toMatchObject({ code: 'forbidden' });
      await expect(lift.execute(person, { id, reason: 'fine' })).rejects.toMatchObject({
        code: expect.stringMatching(/^(forbidden|not_found)$/) as string,
      });
    }
    expect((await list({ inForce: 'true' })).items).toMatchObject([{ id }]);
  });

  it('cannot be pressed for good nor its reason changed by whoever has the database role', async () => {
    const { id } = await press.execute(it_, { scope: 'everything', reason: 'odd answers' });
    const denied = { code: 'P2010' };
    await expect(db.$executeRaw`DELETE FROM stop WHERE id = ${id}::uuid`).rejects.toMatchObject(
      denied,
    );
    await expect(
      db.$executeRaw`UPDATE stop SET reason = 'other' WHERE id = ${id}::uuid`,
    ).rejects.toMatchObject(denied);
  });
});
