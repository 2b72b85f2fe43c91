import { agentDetailSchema, AgentQueries } from '#libs/registry/agents';
import { readEpoch, type Database } from '#libs/platform/db';
import { newId, type Actor } from '#libs/platform/kernel';
import { describe, expect } from 'vitest';
import {
  BlockUnregisteredAgent,
  RegisterUnregisteredAgent,
  UnblockUnregisteredAgent,
  unregisteredAgentSchema,
  type RecordedAgent,
} from './index.js';
import { itWithInbox as it, type TestInbox } from './unregistered-agents.fixture.js';

let open: TestInbox;
let db: Database;
let knock: TestInbox['knock'];
let block: BlockUnregisteredAgent;
let unblock: UnblockUnregisteredAgent;
let register: RegisterUnregisteredAgent;
let it_: Extract<Actor, { kind: 'person' }>;
let security: Actor;
const teamId = newId();

let count = 0;
const agent = (over: object = {}) => ({
  kind: 'subject',
  name: `agent-${(count += 1)}`,
  purpose: 'found in the inbox',
  ownerId: it_.id,
  teamId,
  riskTier: 'low',
  ...over,
});

const registerNew = async (unregistered: Partial<RecordedAgent>, over: object = {}) => {
  const { id: unregisteredAgentId } = await knock(unregistered);
  return {
    unregisteredAgentId,
    ...(await register.execute(it_, { unregisteredAgentId, ...agent(over) })),
  };
};

const isInInbox = async (id: string) => (await db.unregisteredAgent.count({ where: { id } })) > 0;

it.beforeAll(async ({ shared }) => {
  open = shared;
  ({ db, knock } = open);
  block = new BlockUnregisteredAgent(open.runtime);
  unblock = new UnblockUnregisteredAgent(open.runtime);
  register = new RegisterUnregisteredAgent(open.runtime);
  it_ = await open.addPerson(['it']);
  security = await open.addPerson(['security']);
  await db.team.create({ data: { id: teamId, name: 'team' } });
});

describe('blocking an agent', () => {
  it('is recorded with a reason, moves the epoch, and is undone the same way', async () => {
    const { id } = await knock();
    const before = await readEpoch(db);
    await block.execute(security, { id, reason: 'unknown to us' });
    expect(await readEpoch(db)).toBe(before + 1n);
    const view = unregisteredAgentSchema.parse(await open.queries.get(id));
    expect(view.blocked).toMatchObject({ by: { name: security.name }, reason: 'unknown to us' });
    await unblock.execute(security, { id, reason: 'somebody knows it' });
    expect(await readEpoch(db)).toBe(before + 2n);
    expect(await open.queries.get(id)).toMatchObject({ blocked: null });
    expect(
      await db.ledgerEntry.findMany({
        where: { subjectId: id, subjectKind: 'unregistered_agent' },
        orderBy: { id: 'asc' },
      }),
    ).toMatchObject([{ type: 'block-unregistered-agent' }, { type: 'unblock-unregistered-agent' }]);
  });

  it('is done once, and undone once', async () => {
    const { id } = await knock();
    await expect(unblock.execute(it_, { id, reason: 'why not' })).rejects.toMatchObject({
      code: 'conflict',
    });
    const results = await Promise.allSettled(
      [it_, await open.addPerson(['it'])].map((who) =>
        block.execute(who, { id, reason: 'unknown to us' }),
      ),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  it('is for IT and security', async () => {
    const { id } = await knock();
    for (const role of ['grc', 'office', 'developer', 'owner'] as const) {
      const person = await open.addPerson([role]);
      await expect(block.execute(person, { id, reason: 'because' })).rejects.toMatchObject({
        code: expect.stringMatching(/^(forbidden|not_found)$/) as string,
      });
    }
    await expect(block.execute(it_, { id: newId(), reason: 'who' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('registering an agent', () => {
  it('makes a draft, binds it by the very subject, and takes the agent out of the inbox', async () => {
    const before = await readEpoch(db);
    const conditions = [{ claim: 'env', equals: 'prod' }];
    const { id, unregisteredAgentId } = await registerNew(
      { subject: 'Exactly-Me' },
      { conditions },
    );
    expect(await readEpoch(db)).toBe(before + 1n);
    const view = agentDetailSchema.parse(await new AgentQueries(db).get(it_, id));
    expect(view).toMatchObject({
      state: 'draft',
      bindings: [
        { kind: 'subject', subject: 'Exactly-Me', issuer: { id: open.issuerId }, conditions },
      ],
    });
    expect(await isInInbox(unregisteredAgentId)).toBe(false);
    expect(
      await db.ledgerEntry.findFirst({
        where: { type: 'register-unregistered-agent', subjectId: id },
      }),
    ).toMatchObject({
      data: {
        facts: { unregisteredAgentId, kind: 'subject', state: 'draft', removedFromInbox: 1 },
      },
    });
  });

  it('binds it by its client, and settles everybody who came with that client but the blocked', async () => {
    const clientId = 'mcp-client';
    const other = await knock({ subject: 'another person', clientId });
    const blocked = await knock({ subject: 'blocked person', clientId });
    const unregisteredAgent = await knock({ subject: 'another person', clientId: 'mcp-client-2' });
    await block.execute(it_, { id: blocked.id, reason: 'not them' });
    const { id } = await registerNew({ subject: 'a person', clientId }, { kind: 'client' });
    expect(await new AgentQueries(db).get(it_, id)).toMatchObject({
      bindings: [{ kind: 'client', subject: clientId }],
    });
    expect(await isInInbox(other.id)).toBe(false);
    expect(await isInInbox(blocked.id)).toBe(true);
    expect(await isInInbox(unregisteredAgent.id)).toBe(true);
  });

  it.each([
    ['by a client that it has not', {}, { kind: 'client' }, 'invalid_input', 'kind'],
    [
      'by its client when the token was the client’s own',
      { subject: 'itself', clientId: 'itself' },
      { kind: 'client' },
      'invalid_input',
      'kind',
    ],
    [
      'by its client under conditions',
      { clientId: 'cond-client' },
      { kind: 'client', conditions: [{ claim: 'a', equals: 'b' }] },
      'invalid_input',
      'conditions',
    ],
    [
      'under a claim named twice',
      {},
      {
        conditions: [
          { claim: 'a', equals: 'b' },
          { claim: 'a', equals: 'c' },
        ],
      },
      'invalid_input',
      'conditions',
    ],
    ['as a key', {}, { kind: 'key' }, 'invalid_input', 'kind'],
    ['for an owner who is none', {}, { ownerId: newId() }, 'invalid_input', 'ownerId'],
    ['by an e-mail address', { subject: 'me@example.test' }, {}, 'invalid_input', 'subject'],
  ])('is rejected %s, and leaves nothing half-done', async (_, unregistered, over, code, path) => {
    const { id: unregisteredAgentId } = await knock(unregistered);
    const [agents, epoch] = [await db.agent.count(), await readEpoch(db)];
    await expect(
      register.execute(it_, { unregisteredAgentId, ...agent(over) }),
    ).rejects.toMatchObject({
      code,
      problems: [{ path }],
    });
    expect(await db.agent.count()).toBe(agents);
    expect(await readEpoch(db)).toBe(epoch);
    expect(await isInInbox(unregisteredAgentId)).toBe(true);
  });

  it('is rejected while it is blocked, and when its subject is bound already', async () => {
    const blocked = await knock();
    await block.execute(it_, { id: blocked.id, reason: 'unknown to us' });
    await expect(
      register.execute(it_, { unregisteredAgentId: blocked.id, ...agent() }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await registerNew({ subject: 'twice', clientId: 'one' });
    const again = await db.unregisteredAgent.create({
      data: {
        id: newId(),
        issuerId: open.issuerId,
        subject: 'twice',
        clientId: 'two',
        firstSeenAt: new Date(),
        lastSeenAt: new Date(),
        attempts: 1,
        lastSource: 'x',
      },
    });
    const agents = await db.agent.count();
    await expect(
      register.execute(it_, { unregisteredAgentId: again.id, ...agent() }),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await db.agent.count()).toBe(agents);
  });

  it('is done once when two do it at once', async () => {
    const { id: unregisteredAgentId } = await knock();
    const results = await Promise.allSettled(
      [1, 2].map(() => register.execute(it_, { unregisteredAgentId, ...agent() })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  it('is for IT alone', async () => {
    const { id: unregisteredAgentId } = await knock();
    await expect(
      register.execute(security, { unregisteredAgentId, ...agent() }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('reading the inbox', () => {
  it('filters and sorts, newest first', async () => {
    const issuerId = await open.addIssuer({ profile: 'kubernetes' });
    const first = await knock({
      issuerId,
      subject: 'system:serviceaccount:care:bot',
      tool: '100%',
    });
    const second = await knock({ issuerId, subject: 'second', source: '192.0.2.77' });
    await block.execute(it_, { id: first.id, reason: 'unknown to us' });
    const ids = async (query: object) =>
      (await open.list({ issuerId, ...query })).items.map((agent) => agent.id);
    expect(await ids({})).toEqual([second.id, first.id]);
    expect(await ids({ blocked: 'true' })).toEqual([first.id]);
    expect(await ids({ blocked: 'false' })).toEqual([second.id]);
    expect(await ids({ q: '192.0.2.77' })).toEqual([second.id]);
    expect(await ids({ q: '0%' })).toEqual([first.id]);
    expect(await ids({ q: '1%0' })).toEqual([]);
  });

  it('says which binding would fit, by the issuer’s profile', async () => {
    const kubernetes = await open.addIssuer({ profile: 'kubernetes' });
    const gone = await open.addIssuer({ retiredAt: new Date() });
    const hints = async (agent: Partial<RecordedAgent>) => {
      const { bindingOptions } = await open.queries.get((await knock(agent)).id);
      return Object.fromEntries(
        bindingOptions.map(({ kind, problems }) => [kind, problems.length]),
      );
    };
    expect(await hints({ subject: 'p', clientId: 'c' })).toEqual({ subject: 0, client: 0 });
    expect(await hints({ subject: 'c', clientId: 'c' })).toEqual({ subject: 0, client: 1 });
    const account = 'system:serviceaccount:care:helper';
    expect(await hints({ issuerId: kubernetes, subject: account })).toEqual({
      subject: 0,
      client: 1,
    });
    expect((await hints({ issuerId: gone }))['subject']).toBeGreaterThan(0);
  });
});
