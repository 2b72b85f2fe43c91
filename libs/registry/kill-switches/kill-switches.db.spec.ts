import { RecordSigner } from '#libs/engine/record-signatures';
import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { Database, readEpochSections } from '#libs/platform/db';
import { newId, systemClock, type Actor, type Role } from '#libs/platform/kernel';
import { CommandWriter } from '#libs/engine/ledger';
import {
  createTestDatabase,
  createTestOrganisation,
  TEST_MASTER_KEY,
  type TestDatabase,
} from '#libs/dev/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  ReleaseKillSwitch,
  ActivateKillSwitch,
  killSwitchCommands,
  KillSwitchQueries,
  killSwitchSchema,
} from './index.js';
import { listKillSwitchesQuerySchema } from './kill-switches.schemas.js';

let database: TestDatabase;
let db: Database;
let writer: CommandWriter;
let activate: ActivateKillSwitch;
let release: ReleaseKillSwitch;
let queries: KillSwitchQueries;
let it_: Actor;
let security: Actor;
const [serverId, toolId] = [newId(), newId()];

const addPerson = (roles: Role[]): Promise<Actor> =>
  createTestOrganisation(db).addPerson(roles, { name: 'Somebody' });

const list = (query: object = {}) => queries.list(listKillSwitchesQuerySchema.parse(query));

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
    ...commandNames(killSwitchCommands),
  ]);
  const runtime = new CommandRuntime(
    db,
    writer,
    systemClock,
    [],
    new RecordSigner(TEST_MASTER_KEY),
  );
  activate = new ActivateKillSwitch(runtime);
  release = new ReleaseKillSwitch(runtime);
  queries = new KillSwitchQueries(db);
  it_ = await addPerson(['it']);
  security = await addPerson(['security']);
  await addServer();
});

afterEach(() =>
  db.killSwitch.updateMany({ where: { releasedAt: null }, data: { releasedAt: new Date() } }),
);

afterAll(async () => {
  await writer.stop();
  await db.$disconnect();
  await database.drop();
});

describe('a kill switch', () => {
  it.each([
    ['a tool', () => ({ scope: 'tool', targetId: toolId }), 'shop/refund'],
    ['a tool server', () => ({ scope: 'server', targetId: serverId }), 'shop'],
    ['everything', () => ({ scope: 'everything' }), null],
  ])(
    'stops %s, with its name, its reason and an entry, and moves the epoch',
    async (_, make, name) => {
      const target = make();
      const before = await readEpochSections(db);
      const { id } = await activate.execute(security, { ...target, reason: 'odd answers' });
      const after = await readEpochSections(db);
      expect(after).toEqual({
        value: before.value + 1n,
        registry: before.value + 1n,
        people: before.people,
      });
      const view = killSwitchSchema.parse(await queries.get(id));
      expect(view).toMatchObject({
        scope: target.scope,
        target: name === null ? null : { name },
        reason: 'odd answers',
        activatedBy: { name: security.name },
        releasedAt: null,
      });
      expect(
        await db.ledgerEntry.findFirst({ where: { type: 'activate-kill-switch', subjectId: id } }),
      ).toMatchObject({
        subjectKind: 'kill_switch',
        data: { outcome: 'succeeded', facts: { scope: target.scope } },
      });
      expect(
        await db.alert.count({ where: { subjectId: id, kind: 'kill_switch_for_everything' } }),
      ).toBe(target.scope === 'everything' ? 1 : 0);
    },
  );

  it('is in force until it is released, with a reason', async () => {
    const { id } = await activate.execute(it_, { scope: 'everything', reason: 'odd answers' });
    expect((await list({ inForce: 'true' })).items).toMatchObject([{ id }]);
    const before = await readEpochSections(db);
    await release.execute(security, { id, reason: 'looked into it' });
    expect((await readEpochSections(db)).registry).toBe(before.value + 1n);
    expect((await list({ inForce: 'true' })).total).toBe(0);
    expect(await queries.get(id)).toMatchObject({
      releasedBy: { name: security.name },
      releaseReason: 'looked into it',
    });
    expect((await list({ inForce: 'false' })).items.map((killSwitch) => killSwitch.id)).toContain(
      id,
    );
  });

  it('is activated once for one target, also by two at once, and again after it was released', async () => {
    const killSwitch = { scope: 'tool', targetId: toolId, reason: 'odd answers' };
    const results = await Promise.allSettled([
      activate.execute(it_, killSwitch),
      activate.execute(await addPerson(['it']), killSwitch),
    ]);
    const done = results.flatMap((result) =>
      result.status === 'fulfilled' ? [result.value.id] : [],
    );
    expect(done).toHaveLength(1);
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({
      reason: { code: 'conflict', message: 'shop/refund is stopped already.' },
    });
    // Its server is another target.
    await activate.execute(it_, { scope: 'server', targetId: serverId, reason: 'odd answers' });
    await release.execute(it_, { id: done[0], reason: 'fine again' });
    await activate.execute(it_, killSwitch);
  });

  it('is released once, also by two at once', async () => {
    const { id } = await activate.execute(it_, { scope: 'everything', reason: 'odd answers' });
    const results = await Promise.allSettled(
      [it_, security].map((who) => release.execute(who, { id, reason: 'fine again' })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    await expect(release.execute(it_, { id, reason: 'again' })).rejects.toMatchObject({
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
  ])('rejects %s, and stops nothing', async (_, make) => {
    await expect(activate.execute(it_, make())).rejects.toMatchObject({ code: 'invalid_input' });
    expect((await list({ inForce: 'true' })).total).toBe(0);
  });

  it('is not for other roles, nor is releasing it', async () => {
    const { id } = await activate.execute(it_, { scope: 'everything', reason: 'odd answers' });
    for (const role of ['developer', 'grc', 'office', 'emergency', 'owner'] as const) {
      const person = await addPerson([role]);
      await expect(
        activate.execute(person, { scope: 'tool', targetId: toolId, reason: 'odd' }),
      ).rejects.toMatchObject({ code: 'forbidden' });
      await expect(release.execute(person, { id, reason: 'fine' })).rejects.toMatchObject({
        code: expect.stringMatching(/^(forbidden|not_found)$/) as string,
      });
    }
    expect((await list({ inForce: 'true' })).items).toMatchObject([{ id }]);
  });

  it('can be neither made permanent nor given another reason with the database role', async () => {
    const { id } = await activate.execute(it_, { scope: 'everything', reason: 'odd answers' });
    const denied = { code: 'P2010' };
    await expect(
      db.$executeRaw`DELETE FROM kill_switch WHERE id = ${id}::uuid`,
    ).rejects.toMatchObject(denied);
    await expect(
      db.$executeRaw`UPDATE kill_switch SET reason = 'other' WHERE id = ${id}::uuid`,
    ).rejects.toMatchObject(denied);
  });
});
