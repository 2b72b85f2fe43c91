import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '#libs/platform/db';
import { newId, systemActor, type Actor } from '#libs/platform/kernel';
import { cpuOfThisThread, createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import {
  callDetailSchema,
  callPageSchema,
  CallQueries,
  listCallsQuerySchema,
} from '#libs/oversight/calls';
import { startGateway, type GatewayFixture } from './fixtures/gateway.fixture.js';

let database: TestDatabase;
let gateway: GatewayFixture;
let db: Database;
let calls: CallQueries;

beforeAll(async () => {
  database = await createTestDatabase();
  gateway = await startGateway(database.appUrl);
  db = new Database(database.appUrl);
  calls = new CallQueries(db);
  const call = (tool: string, args: object) =>
    gateway.call('coder', { server: 'helpdesk', tool, arguments: args });
  await call('search_tickets', { q: 'c4n4ry-value' });
  await call('refund', { ticket: 't', amount: 101 });
  await call('refund', { ticket: 't', amount: 5 });
  await call('nope', {});
  await gateway.call('outsider', { server: 'helpdesk', tool: 'note', arguments: {} });
});

afterAll(async () => {
  await db.$disconnect();
  await gateway.stop();
  await database.drop();
});

const query = (more: object = {}) => listCallsQuerySchema.parse(more);
const developer = (teamIds: string[]): Actor => ({
  kind: 'person',
  id: newId(),
  name: 'D',
  roles: ['developer'],
  teamIds,
});

describe('the list of calls', () => {
  it('shows every call once, newest first, in the shape that the API promises', async () => {
    const page = await calls.list(systemActor('spec'), query());
    expect(callPageSchema.parse(page)).toEqual(page);
    expect(page.total).toBe(5);
    expect(
      page.items.map(({ agent, tool, decision, outcome }) => [agent.name, tool, decision, outcome]),
    ).toEqual([
      ['outsider', 'note', 'deny', null],
      ['coder', null, 'invalid', null],
      ['coder', 'refund', 'allow', 'succeeded'],
      ['coder', 'refund', 'deny', null],
      ['coder', 'search_tickets', 'allow', 'succeeded'],
    ]);
  });

  it('filters, counts what it filters, and pages', async () => {
    const all = await calls.list(systemActor('spec'), query());
    const total = async (more: object) =>
      (await calls.list(systemActor('spec'), query(more))).total;
    expect(await total({ decision: 'deny' })).toBe(2);
    expect(await total({ decision: 'invalid' })).toBe(1);
    expect(await total({ outcome: 'succeeded' })).toBe(2);
    expect(await total({ rule: 'no-large-refunds' })).toBe(1);
    expect(await total({ server: 'helpdesk' })).toBe(4);
    expect(await total({ agentId: all.items[0]?.agent.id })).toBe(1);
    expect(await total({ toolId: all.items[2]?.toolId })).toBe(2);
    expect(await total({ from: new Date(Date.now() - 60_000).toISOString() })).toBe(5);
    expect(await total({ to: new Date(Date.now() - 60_000).toISOString() })).toBe(0);
    const second = await calls.list(systemActor('spec'), query({ page: 2, perPage: 2 }));
    expect(second.items.map(({ id }) => id)).toEqual(all.items.slice(2, 4).map(({ id }) => id));
  });

  it('shows a developer the calls of their own teams’ agents only', async () => {
    const team = await db.team.findFirstOrThrow();
    expect((await calls.list(developer([team.id]), query())).total).toBe(5);
    expect((await calls.list(developer([newId()]), query())).total).toBe(0);
    expect((await calls.list(developer([]), query())).total).toBe(0);
  });
});

const idOf = async (more: object) =>
  (await calls.list(systemActor('spec'), query(more))).items[0]?.id ?? '';

describe('a rejected request', () => {
  const mcp = async (agent: string, body: unknown) =>
    fetch(`${gateway.url}/mcp`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await gateway.token(agent)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
  const rpc = (method: string, params: object = {}) => ({ jsonrpc: '2.0', id: 1, method, params });
  const listTools = async () =>
    fetch(`${gateway.url}/v1/tools`, {
      headers: { authorization: `Bearer ${await gateway.token('sleeper')}` },
    });
  const rest = (agent: string, server: string, tool: string) =>
    gateway.call(agent, { server, tool, arguments: {} });
  const known = { server: 'helpdesk', tool: 'refund', requestedTool: null, method: 'tools/call' };
  const unknown = { server: null, tool: null, toolId: null, method: 'tools/call' };
  const nothing = { ...unknown, requestedTool: null };

  it.each([
    ['a suspended agent’s call of a tool', () => rest('sleeper', 'helpdesk', 'refund'), known],
    [
      'the same over MCP',
      () => mcp('sleeper', rpc('tools/call', { name: 'helpdesk__refund' })),
      known,
    ],
    [
      'a tool that nobody registered',
      () => rest('coder', 'helpdesk', '<b>nope</b>'),
      { ...unknown, requestedTool: { server: 'helpdesk', tool: '<b>nope</b>' } },
    ],
    [
      'a suspended agent’s call of such a one',
      () => rest('sleeper', 'nowhere', 'nope'),
      { ...unknown, requestedTool: { server: 'nowhere', tool: 'nope' } },
    ],
    [
      'a name without a server',
      () => mcp('coder', rpc('tools/call', { name: 'nope' })),
      { ...unknown, requestedTool: { server: null, tool: 'nope' } },
    ],
    [
      'a long name, cut',
      () => rest('coder', 'helpdesk', 'n'.repeat(200)),
      { ...unknown, requestedTool: { server: 'helpdesk', tool: 'n'.repeat(128) } },
    ],
    ['a list of tools', listTools, { ...nothing, method: 'tools/list' }],
    [
      'a list of tools over MCP',
      () => mcp('sleeper', rpc('tools/list')),
      { ...nothing, method: 'tools/list' },
    ],
    [
      'an unknown method',
      () => mcp('sleeper', rpc('c4n4ry/method')),
      { ...nothing, method: 'other' },
    ],
    ['a message that is none', () => mcp('coder', 7), { ...nothing, method: null }],
    ['a body that is no call', () => gateway.call('coder', '7'), nothing],
  ])('says what was asked for: %s', async (_name, send, shown) => {
    expect((await send()).ok).toBe(shown.requestedTool?.server === null);
    const [newest] = (await calls.list(systemActor('spec'), query())).items;
    expect(newest).toMatchObject({ decision: 'invalid', ...shown });
    const detail = await calls.get(systemActor('spec'), newest?.id ?? '');
    expect(callDetailSchema.parse(detail)).toMatchObject(shown);
  });

  it('leads from a suspended agent’s call to the tool', async () => {
    const tool = await db.tool.findFirstOrThrow({ where: { name: 'refund' } });
    const found = await calls.list(systemActor('spec'), query({ toolId: tool.id, perPage: 1 }));
    await rest('sleeper', 'helpdesk', 'refund');
    const after = await calls.list(systemActor('spec'), query({ toolId: tool.id, perPage: 1 }));
    expect(after.total).toBe(found.total + 1);
    expect(after.items).toMatchObject([{ toolId: tool.id, code: 'agent_not_active' }]);
  });

  it('keeps the agent’s own words out of what cannot be erased', async () => {
    await rest('coder', 'helpdesk', 'c4n4ry-tool');
    const entries = await db.ledgerEntry.findMany({ where: { type: 'call.invalid' } });
    expect(entries.length).toBeGreaterThan(0);
    expect(JSON.stringify(entries.map(({ data }) => data))).not.toContain('c4n4ry');
  });
});

describe('one call', () => {
  it('is explained rule by rule, with names of arguments and no value', async () => {
    const detail = await calls.get(systemActor('spec'), await idOf({ rule: 'no-large-refunds' }));
    expect(callDetailSchema.parse(detail)).toEqual(detail);
    expect(detail).toMatchObject({
      decision: 'deny',
      remedy: 'Ask a colleague in support.',
      policyVersion: { number: 1, policy: { name: 'company' } },
      binding: { issuer: gateway.idp.issuer, subject: 'coder' },
      argumentNames: ['amount', 'ticket'],
      evaluatedRules: [
        {
          rule: 'no-large-refunds',
          policy: 'company',
          effect: 'deny',
          result: 'true',
          isDecisive: true,
        },
        { rule: 'coder-may-use-everything', effect: 'allow', result: 'true', isDecisive: false },
      ],
      entries: [{ type: 'call.intent' }],
    });
    const search = await calls.get(
      systemActor('spec'),
      (await calls.list(systemActor('spec'), query({ order: 'asc' }))).items[0]?.id ?? '',
    );
    expect(JSON.stringify(search)).not.toContain('c4n4ry-value');
    expect(search.entries.map(({ type }) => type)).toEqual(['call.intent', 'call.outcome']);
  });

  it('costs the event loop next to nothing to explain, however long a policy was then (P13)', async () => {
    const rule = (index: number): string =>
      `{ name: r${index}, effect: allow, agents: { tiers: [high] }, tools: { all: true }, reason: x, when: { arguments: { a: { eq: x, absent: matches } } } }`;
    const rules = Array.from({ length: 800 }, (_, index) => rule(index));
    const { policyId, note } = await db.policyVersion.findFirstOrThrow();
    const ofThen = { number: 99, state: 'archived', decidedAt: new Date(0) } as const;
    const { id } = await db.policyVersion.create({
      data: {
        id: newId(),
        policyId,
        text: `rules: [${rules.join(',')}]`,
        bindings: [],
        note,
        ...ofThen,
        proposedAt: new Date(0),
        archivedAt: new Date(Date.now() + 60_000),
      },
    });
    const call = await idOf({ rule: 'no-large-refunds' });
    const explain = async () => calls.get(systemActor('spec'), call);
    // The threads load their files once.
    await explain();
    expect(await cpuOfThisThread(explain)).toBeLessThan(50);
    await db.policyVersion.update({ where: { id }, data: { archivedAt: new Date(1) } });
  });

  it('that was rejected has no rules to show', async () => {
    const detail = await calls.get(systemActor('spec'), await idOf({ decision: 'invalid' }));
    expect(callDetailSchema.parse(detail)).toEqual(detail);
    expect(detail).toMatchObject({ code: 'unknown_tool', evaluatedRules: [], policyVersion: null });
  });

  it('of another team’s agent looks like one that does not exist', async () => {
    const id = await idOf({});
    await expect(calls.get(developer([newId()]), id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(calls.get(developer([newId()]), newId())).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
