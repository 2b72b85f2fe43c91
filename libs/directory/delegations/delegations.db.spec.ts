import { RecordSigner } from '#libs/engine/record-signatures';
import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { Database, readEpochSections } from '#libs/platform/db';
import { DAY_MS, newId, systemActor, type Actor, type Role } from '#libs/platform/kernel';
import { CommandWriter } from '#libs/engine/ledger';
import {
  createTestDatabase,
  createTestOrganisation,
  TEST_MASTER_KEY,
  type TestDatabase,
} from '#libs/dev/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RevokeDelegation, WithdrawDelegation } from './commands/end-delegation.js';
import { GrantDelegation } from './commands/grant-delegation.js';
import { delegationCommands } from './delegations.commands.js';
import { DelegationQueries } from './delegations.queries.js';
import { delegationPageSchema, listDelegationsQuerySchema } from './delegations.schemas.js';

type PersonActor = Extract<Actor, { kind: 'person' }>;

let database: TestDatabase;
let db: Database;
let writer: CommandWriter;
let grant: GrantDelegation;
let withdraw: WithdrawDelegation;
let revoke: RevokeDelegation;
let queries: DelegationQueries;
let passedMs = 0;
let agentId: string;
const teamId = newId();
const reason = 'not any more';

const person = (roles: Role[] = []): Promise<PersonActor> =>
  createTestOrganisation(db).addPerson(roles, { name: 'Pat' });

const agent = async (state: 'active' | 'suspended' | 'draft' = 'active'): Promise<string> => {
  const id = newId();
  const now = new Date();
  const common = {
    purpose: 'p',
    riskTier: 'low' as const,
    tags: [],
    createdAt: now,
    updatedAt: now,
  };
  const { id: ownerId } = await person();
  await db.agent.create({ data: { ...common, id, name: `a-${id}`, state, ownerId, teamId } });
  return id;
};

const input = (actor: Actor, over: object = {}) => ({
  personId: actor.id,
  agentId,
  purpose: 'to file my expenses',
  days: 30,
  ...over,
});
const list = async (actor: Actor, query: object = {}) =>
  delegationPageSchema.parse(await queries.list(actor, listDelegationsQuerySchema.parse(query)));

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  const link = { url: database.appUrl, writer: 'api' as const, boot: newId() };
  writer = new CommandWriter(link, [...commandNames(delegationCommands)]);
  const clock = { now: () => new Date(Date.now() + passedMs) };
  const runtime = new CommandRuntime(db, writer, clock, [], new RecordSigner(TEST_MASTER_KEY));
  grant = new GrantDelegation(runtime);
  withdraw = new WithdrawDelegation(runtime);
  revoke = new RevokeDelegation(runtime);
  queries = new DelegationQueries(db, runtime);
  await db.team.create({ data: { id: teamId, name: 'engineering' } });
});
afterAll(async () => {
  await writer.stop();
  await db.$disconnect();
  await database.drop();
});
beforeEach(async () => {
  passedMs = 0;
  agentId = await agent();
});

describe('a delegation', () => {
  it('is granted by anybody for themselves, and moves the epoch of people', async () => {
    const actor = await person();
    const before = await readEpochSections(db);
    const { id } = await grant.execute(actor, input(actor));
    const after = await readEpochSections(db);
    expect(after.people).toBe(before.value + 1n);
    expect(after.registry).toBe(before.registry);
    const view = await queries.get(actor, id);
    expect(view).toMatchObject({ state: 'active', agent: { id: agentId }, server: null });
    expect(Date.parse(view.expiresAt) - Date.parse(view.createdAt)).toBe(30 * DAY_MS);
    passedMs = 30 * DAY_MS + 60_000;
    expect(await queries.get(actor, id)).toMatchObject({ state: 'expired' });
    expect((await list(actor, { state: 'active' })).total).toBe(0);
  });

  it('is granted by nobody for somebody else, whatever their role', async () => {
    const victim = await person();
    const scim: Actor = {
      kind: 'scim',
      id: newId(),
      name: 'Okta',
      tokenId: newId(),
      scopes: ['users:write'],
    };
    const others = [await person(['it', 'security', 'owner']), systemActor('spec'), scim];
    for (const actor of others) {
      await expect(grant.execute(actor, input(victim))).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    expect(await db.delegation.count({ where: { personId: victim.id } })).toBe(0);
  });

  it.each<[string, object]>([
    ['ten years', { days: 3650 }],
    ['no time', { days: 0 }],
    ['half a day', { days: 0.5 }],
    ['no purpose', { purpose: ' ' }],
    ['a purpose of many letters', { purpose: 'x'.repeat(301) }],
    ['a tool server that there is not', { serverId: newId() }],
    ['an agent that there is not', { agentId: newId() }],
    ['an agent by its name', { agentId: 'coding-agent' }],
    ['an end of its own', { expiresAt: '9999-12-31T00:00:00Z' }],
  ])('is rejected for %s', async (_, over) => {
    const actor = await person();
    await expect(grant.execute(actor, input(actor, over))).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  it('is for an active agent, once at a time, and for so many at most', async () => {
    const actor = await person();
    for (const state of ['suspended', 'draft'] as const) {
      const stopped = await agent(state);
      await expect(grant.execute(actor, input(actor, { agentId: stopped }))).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
    const tries = await Promise.allSettled([1, 2].map(() => grant.execute(actor, input(actor))));
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const now = new Date();
    await db.delegation.createMany({
      data: Array.from({ length: 49 }, () => ({
        id: newId(),
        personId: actor.id,
        agentId,
        purpose: 'p',
        createdAt: now,
        expiresAt: new Date(now.getTime() + DAY_MS),
      })),
    });
    const another = await agent();
    await expect(grant.execute(actor, input(actor, { agentId: another }))).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('is seen and withdrawn by its person, and by others as their roles let them', async () => {
    const [actor, outsider] = [await person(), await person(['developer', 'office'])];
    const { id } = await grant.execute(actor, input(actor));
    for (const attempt of [
      () => queries.get(outsider, id),
      () => withdraw.execute(outsider, { id, reason }),
      () => revoke.execute(outsider, { id, reason }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    }
    expect((await list(outsider, { personId: actor.id })).total).toBe(0);
    const grc = await person(['grc']);
    expect((await list(grc, { personId: actor.id })).total).toBe(1);
    await expect(revoke.execute(grc, { id, reason })).rejects.toMatchObject({ code: 'forbidden' });
    const it_ = await person(['it']);
    await expect(withdraw.execute(it_, { id, reason })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const before = await readEpochSections(db);
    await withdraw.execute(actor, { id, reason });
    expect((await readEpochSections(db)).people).toBe(before.value + 1n);
    expect(await queries.get(actor, id)).toMatchObject({ state: 'withdrawn' });
    await expect(withdraw.execute(actor, { id, reason })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('is revoked by IT or security', async () => {
    for (const role of ['it', 'security'] as const) {
      const actor = await person();
      const { id } = await grant.execute(actor, input(actor));
      await revoke.execute(await person([role]), { id, reason });
      expect(await queries.get(actor, id)).toMatchObject({ state: 'withdrawn' });
    }
  });
});
