import type { Database } from '#libs/platform/db';
import { DAY_MS, newId, type Actor } from '#libs/platform/kernel';
import { describe, expect } from 'vitest';
import { itWithAgents as it, type TestAgents } from './agents.fixture.js';
import type { PersonActor } from '#libs/dev/testing';
import { agentDetailSchema, agentSchema, loadAgentFacts, type AgentQueries } from './index.js';
import { listAgentsQuerySchema } from './agents.schemas.js';

let open: TestAgents;
let db: Database;
let queries: AgentQueries;
let register: TestAgents['register'];
let agentInput: TestAgents['agentInput'];
let addAgent: TestAgents['addAgent'];
let addActiveAgent: TestAgents['addActiveAgent'];
let it_: PersonActor;
let security: PersonActor;
let teamId: string;
let otherTeamId: string;

const list = (actor: Actor, query: object = {}) =>
  queries.list(actor, listAgentsQuerySchema.parse({ perPage: 100, ...query }));

const names = async (query: object) =>
  (await list(it_, query)).items.map((item) => item.name).toSorted();

it.beforeAll(async ({ shared }) => {
  open = shared;
  ({ db, queries, register, agentInput, addAgent, addActiveAgent, teamId } = open);
  it_ = open.it;
  security = await open.addPerson(['security']);
  otherTeamId = await open.addTeam();
});

describe('registering an agent', () => {
  it('makes a draft that its page shows', async () => {
    const input = agentInput();
    const { id } = await register.execute(it_, input);
    const view = agentDetailSchema.parse(await queries.get(it_, id));
    expect(view).toMatchObject({ ...pick(input), state: 'draft', bindings: [], callsLast24h: 0 });
    expect(view.owner.id).toBe(it_.id);
  });

  it('never gives a name twice', async () => {
    const input = agentInput();
    await register.execute(it_, input);
    await expect(register.execute(it_, input)).rejects.toMatchObject({
      code: 'conflict',
      problems: [{ path: 'name' }],
    });
  });

  it('gives a name to one of two who ask at once', async () => {
    const input = agentInput();
    const results = await Promise.allSettled([
      register.execute(it_, input),
      register.execute(it_, input),
    ]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({
      reason: { code: 'conflict' },
    });
  });

  it.each([
    ['an owner who does not exist', () => ({ ownerId: newId() }), 'ownerId'],
    ['a team that does not exist', () => ({ teamId: newId() }), 'teamId'],
    ['a name with capitals', () => ({ name: 'Coding Agent' }), 'name'],
    ['an end that has passed', () => ({ expiresAt: '2020-01-01T00:00:00.000Z' }), 'expiresAt'],
    ['a limit of no days', () => ({ inactiveAfterDays: 0 }), 'inactiveAfterDays'],
    ['an unknown field', () => ({ state: 'active' }), ''],
  ])('rejects %s and says where', async (_, over, path) => {
    await expect(register.execute(it_, agentInput(over()))).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ path }],
    });
  });

  it('rejects an owner who left', async () => {
    const { id: ownerId } = await open.addPerson();
    await db.person.update({ where: { id: ownerId }, data: { disabledAt: new Date() } });
    await expect(register.execute(it_, agentInput({ ownerId }))).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ path: 'ownerId' }],
    });
  });

  it('is not for security', async () => {
    await expect(register.execute(security, agentInput())).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('reading agents', () => {
  it('shows a developer the agents of their own team, and no other exists for them', async () => {
    const own = await addAgent({ teamId: otherTeamId });
    const foreign = await addAgent();
    const developer = await open.addPerson(['developer'], { teamIds: [otherTeamId] });
    const { items, total } = await list(developer);
    expect(new Set(items.map((item) => item.team.id))).toEqual(new Set([otherTeamId]));
    expect(total).toBe(items.length);
    expect(items.map((item) => item.id)).toContain(own);
    await expect(queries.get(developer, foreign)).rejects.toMatchObject({ code: 'not_found' });
    expect((await list(developer, { teamId })).total).toBe(0);
  });

  it('shows nothing to a developer without a team, or to nobody', async () => {
    expect((await list(await open.addPerson(['developer']))).total).toBe(0);
    expect((await list(await open.addPerson([]))).total).toBe(0);
    expect((await list({ kind: 'agent', id: newId(), name: 'a' })).total).toBe(0);
  });

  it('filters, sorts and pages', async () => {
    await addAgent({ name: 'zz-100-percent', riskTier: 'high', purpose: '100% sure' });
    const found = await list(it_, { q: '0%', riskTier: 'high' });
    expect(found.items.map((item) => item.name)).toEqual(['zz-100-percent']);
    expect((await list(it_, { q: '1%s' })).total).toBe(0);
    const page = await list(it_, { perPage: 1, order: 'desc', sort: 'name' });
    expect(page.items.map((item) => item.name)).toEqual(['zz-100-percent']);
    expect(page.total).toBeGreaterThan(5);
    for (const item of page.items) agentSchema.parse(item);
  });

  it('finds orphans, what has no binding, and what ends soon', async () => {
    const q = 'to be found';
    const input = { purpose: q };
    const soon = new Date(Date.now() + 20 * DAY_MS).toISOString();
    const late = new Date(Date.now() + 40 * DAY_MS).toISOString();
    await addActiveAgent({ ...input, name: 'found-fine' });
    await addAgent({ ...input, name: 'found-unbound' });
    await addActiveAgent({ ...input, name: 'found-soon', expiresAt: soon });
    await addActiveAgent({ ...input, name: 'found-late', expiresAt: late });
    const orphan = await addActiveAgent({ ...input, name: 'found-orphan' });
    await db.agent.update({ where: { id: orphan }, data: { orphanedAt: new Date() } });
    const gone = await addAgent({ ...input, name: 'found-gone', expiresAt: soon });
    await db.agent.update({ where: { id: gone }, data: { state: 'retired' } });

    expect(await names({ q, orphaned: 'true' })).toEqual(['found-orphan']);
    expect(await names({ q, unbound: 'true' })).toEqual(['found-unbound']);
    expect(await names({ q, expiring: 'true' })).toEqual(['found-soon']);
    const others = { orphaned: 'false', unbound: 'false', expiring: 'false' };
    expect(await names({ q, ...others })).toEqual(['found-fine', 'found-gone', 'found-late']);
  });

  it('counts calls, and the denied and invalid ones, of the last day, as the ledger has them', async () => {
    const id = await addActiveAgent();
    await open.called(id, 'allow');
    await open.called(id, 'deny');
    const view = await queries.get(it_, id);
    expect(view).toMatchObject({ callsLast24h: 2, deniedOrInvalidLast24h: 1 });
    expect(Date.now() - Date.parse(view.lastCallAt ?? '')).toBeLessThan(60_000);
    const [row] = (await list(it_, { q: view.name })).items;
    expect(row).toMatchObject({ callsLast24h: 2, deniedOrInvalidLast24h: 1 });
  });

  it('gives policies every agent but the retired', async () => {
    const id = await addActiveAgent({ riskTier: 'medium', tags: ['x', 'y'] });
    const retired = await addAgent();
    await db.agent.update({ where: { id: retired }, data: { state: 'retired' } });
    const facts = await loadAgentFacts(db);
    expect(facts.find((agent) => agent.id === id)).toMatchObject({
      teamId: (await db.agent.findUniqueOrThrow({ where: { id } })).teamId,
      riskTier: 'medium',
      tags: ['x', 'y'],
    });
    expect(facts.some((agent) => agent.id === retired)).toBe(false);
  });
});

const pick = ({ name, purpose, riskTier, tags }: ReturnType<typeof agentInput>) => ({
  name,
  purpose,
  riskTier,
  tags,
});
