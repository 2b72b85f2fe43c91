import { commandNames, CommandRuntime } from '#libs/commands';
import { Database, readEpoch } from '#libs/db';
import { newId, systemClock, type Actor, type Role } from '#libs/kernel';
import { CallWriter, CommandWriter } from '#libs/ledger';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ActivateAgent,
  agentCommands,
  agentDetailSchema,
  AgentQueries,
  agentSchema,
  BindAgent,
  loadAgentFacts,
  RegisterAgent,
  SuspendAgent,
} from './index.js';
import { listAgentsQuerySchema } from './agents.schemas.js';

type PersonActor = Extract<Actor, { kind: 'person' }>;

let database: TestDatabase;
let db: Database;
let writer: CommandWriter;
let calls: CallWriter;
let queries: AgentQueries;
let register: RegisterAgent;
let bind: BindAgent;
let activate: ActivateAgent;
let suspend: SuspendAgent;
let it_: PersonActor;
let security: PersonActor;
const teamId = newId();
const otherTeamId = newId();
const issuerId = newId();

const addPerson = async (roles: Role[], teamIds: string[] = []): Promise<PersonActor> => {
  const id = newId();
  const name = `person ${id.slice(-6)}`;
  const who = { issuer: 'https://idp.test', subject: id, email: `${id}@example.test`, name };
  await db.person.create({ data: { id, ...who, createdAt: new Date() } });
  return { kind: 'person', id, name, roles, teamIds };
};

let count = 0;
const agentInput = (over: object = {}) => ({
  name: `agent-${(count += 1)}`,
  purpose: 'to test',
  ownerId: it_.id,
  teamId,
  riskTier: 'low' as const,
  tags: ['a'],
  ...over,
});

const addAgent = async (over: object = {}): Promise<string> =>
  (await register.execute(it_, agentInput(over))).id;

const addActiveAgent = async (over: object = {}): Promise<string> => {
  const id = await addAgent(over);
  await bind.execute(it_, { id, issuerId, subject: newId() });
  await activate.execute(it_, { id, reason: 'ready to go' });
  return id;
};

const list = (actor: Actor, query: object = {}) =>
  queries.list(actor, listAgentsQuerySchema.parse({ perPage: 100, ...query }));

const newest = async (type: string) =>
  db.ledgerEntry.findFirstOrThrow({ where: { type }, orderBy: { id: 'desc' } });

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  const link = { url: database.appUrl, writer: 'api' as const, boot: newId() };
  writer = new CommandWriter(link, [...commandNames(agentCommands)]);
  calls = new CallWriter(link);
  const runtime = new CommandRuntime(db, writer, systemClock);
  queries = new AgentQueries(db);
  register = new RegisterAgent(runtime);
  bind = new BindAgent(runtime);
  activate = new ActivateAgent(runtime);
  suspend = new SuspendAgent(runtime);
  it_ = await addPerson(['it']);
  security = await addPerson(['security']);
  await db.team.createMany({
    data: [
      { id: teamId, name: 'engineering' },
      { id: otherTeamId, name: 'care' },
    ],
  });
  await db.issuer.create({
    data: {
      id: issuerId,
      url: 'https://idp.test',
      name: 'IdP',
      audience: 'https://gate.test',
      algorithms: ['ES256'],
      profile: 'rfc9068',
      clockToleranceSeconds: 5,
      createdAt: new Date(),
    },
  });
});

afterAll(async () => {
  await calls.stop();
  await writer.stop();
  await db.$disconnect();
  await database.drop();
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
    ['an unknown field', () => ({ state: 'active' }), ''],
  ])('refuses %s and says where', async (_, over, path) => {
    await expect(register.execute(it_, agentInput(over()))).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ path }],
    });
  });

  it('is not for security', async () => {
    await expect(register.execute(security, agentInput())).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('binding an agent', () => {
  it('adds the exact subject and moves the epoch', async () => {
    const id = await addAgent();
    const before = await readEpoch(db);
    await bind.execute(it_, { id, issuerId, subject: 'Client-A' });
    expect(await readEpoch(db)).toBe(before + 1n);
    const { bindings } = await queries.get(it_, id);
    expect(bindings).toMatchObject([{ subject: 'Client-A', issuer: { id: issuerId } }]);
  });

  it('names the agent that has the subject only to those who may see it', async () => {
    const subject = newId();
    const taken = await addAgent({ name: 'taken-one' });
    await bind.execute(it_, { id: taken, issuerId, subject });
    const again = { id: await addAgent(), issuerId, subject };
    await expect(bind.execute(it_, again)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('taken-one') as string,
    });
  });

  it('binds a subject once when two agents ask for it at the same time', async () => {
    const subject = newId();
    const ids = [await addAgent(), await addAgent()];
    const results = await Promise.allSettled(
      ids.map((id) => bind.execute(it_, { id, issuerId, subject })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await db.binding.count({ where: { subject } })).toBe(1);
  });

  it.each([
    ['an issuer that is not trusted', { issuerId: newId(), subject: 'a' }, 'issuerId'],
    ['a wildcard', { issuerId, subject: 'client-*' }, 'subject'],
    ['white space', { issuerId, subject: ' client' }, 'subject'],
  ])('refuses %s', async (_, input, path) => {
    const id = await addAgent();
    await expect(bind.execute(it_, { id, ...input })).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ path }],
    });
  });

  it('refuses a retired agent', async () => {
    const id = await addAgent();
    await db.agent.update({ where: { id }, data: { state: 'retired' } });
    await expect(bind.execute(it_, { id, issuerId, subject: newId() })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe("an agent's state", () => {
  it('needs somebody to vouch for it before it is active', async () => {
    const id = await addAgent();
    await expect(activate.execute(it_, { id, reason: 'go on' })).rejects.toMatchObject({
      code: 'precondition_failed',
    });
  });

  it('goes from draft to active to suspended and back, each time moving the epoch', async () => {
    const id = await addActiveAgent();
    const before = await readEpoch(db);
    await suspend.execute(security, { id, reason: 'odd calls' });
    expect(await queries.get(it_, id)).toMatchObject({
      state: 'suspended',
      stateReason: 'odd calls',
    });
    await activate.execute(it_, { id, reason: 'looked into it' });
    expect(await queries.get(it_, id)).toMatchObject({ state: 'active' });
    expect(await readEpoch(db)).toBe(before + 2n);
    expect(await newest('suspend-agent')).toMatchObject({
      subjectId: id,
      actorId: security.id,
      data: { facts: { from: 'active', to: 'suspended' } },
    });
  });

  it.each([
    ['activate', 'active'],
    ['suspend', 'draft'],
    ['suspend', 'suspended'],
    ['suspend', 'retired'],
    ['activate', 'retired'],
  ] as const)('refuses to %s one that is %s', async (verb, state) => {
    const id = await addActiveAgent();
    await db.agent.update({ where: { id }, data: { state } });
    const command = verb === 'activate' ? activate : suspend;
    await expect(command.execute(it_, { id, reason: 'because' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('changes once when two people do the same at the same time', async () => {
    const id = await addActiveAgent();
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => suspend.execute(it_, { id, reason: 'stop it' })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });
});

describe('reading agents', () => {
  it('shows a developer the agents of their own team, and no other exists for them', async () => {
    const own = await addAgent({ teamId: otherTeamId });
    const foreign = await addAgent();
    const developer = await addPerson(['developer'], [otherTeamId]);
    const { items, total } = await list(developer);
    expect(new Set(items.map((item) => item.team.id))).toEqual(new Set([otherTeamId]));
    expect(total).toBe(items.length);
    expect(items.map((item) => item.id)).toContain(own);
    await expect(queries.get(developer, foreign)).rejects.toMatchObject({ code: 'not_found' });
    expect((await list(developer, { teamId })).total).toBe(0);
  });

  it('shows nothing to a developer without a team, or to nobody', async () => {
    expect((await list(await addPerson(['developer']))).total).toBe(0);
    expect((await list(await addPerson([]))).total).toBe(0);
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

  it('counts calls and refusals of the last day, as the ledger has them', async () => {
    const id = await addActiveAgent();
    const common = { actor: { kind: 'agent', id } };
    const epoch = await readEpoch(db);
    for (const decision of ['allow', 'deny'] as const) {
      const data = {
        server: 's',
        tool: 't',
        toolId: newId(),
        definitionDigest: 'a'.repeat(64),
        decision,
        code: 'rule',
        rule: 'r',
        policyVersionId: null,
        bindingId: newId(),
        epoch: Number(epoch),
        door: 'rest' as const,
      };
      const entry = { ...common, type: 'call.intent' as const, callId: newId(), data };
      await calls.appendIntent(entry, epoch);
    }
    const view = await queries.get(it_, id);
    expect(view).toMatchObject({ callsLast24h: 2, refusalsLast24h: 1 });
    expect(Date.now() - Date.parse(view.lastCallAt ?? '')).toBeLessThan(60_000);
    const [row] = (await list(it_, { q: view.name })).items;
    expect(row).toMatchObject({ callsLast24h: 2, refusalsLast24h: 1 });
  });

  it('gives policies every agent but the retired', async () => {
    const id = await addActiveAgent({ riskTier: 'medium', tags: ['x', 'y'] });
    const retired = await addAgent();
    await db.agent.update({ where: { id: retired }, data: { state: 'retired' } });
    const facts = await loadAgentFacts(db);
    expect(facts.find((agent) => agent.id === id)).toMatchObject({
      team: 'engineering',
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
