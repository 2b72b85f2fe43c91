import { Database } from '#libs/platform/db';
import { newId, type Actor, type Role } from '#libs/platform/kernel';
import {
  CallWriter,
  CommandWriter,
  RejectionCounter,
  type CommandEntryData,
} from '#libs/engine/ledger';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OverviewQueries } from './overview.queries.js';
import { overviewSchema } from './overview.schemas.js';

const [teamA, teamB, owner, agentA, agentB] = Array.from({ length: 5 }, newId) as [
  string,
  string,
  string,
  string,
  string,
];

let database: TestDatabase;
let db: Database;
let calls: CallWriter;
let commands: CommandWriter;
let rejections: RejectionCounter;
let queries: OverviewQueries;

const person = (role: Role, teamIds: string[] = []): Actor => ({
  kind: 'person',
  id: owner,
  name: role,
  roles: [role],
  teamIds,
});

const intent = (agentId: string, decision: 'allow' | 'deny') =>
  calls.appendIntent(
    {
      type: 'call.intent',
      callId: newId(),
      actor: { kind: 'agent', id: agentId },
      subject: { kind: 'tool', id: newId() },
      data: {
        server: 'helpdesk',
        tool: 'refund',
        toolId: newId(),
        definitionDigest: 'a'.repeat(64),
        decision,
        code: decision === 'allow' ? 'allowed' : 'denied_by_rule',
        rule: 'no-refunds',
        policyVersionId: null,
        bindingId: newId(),
        epoch: 1,
        protocol: 'mcp',
      },
      payloads: { explanation: { reason: 'Refunds need a person.', remedy: null } },
    },
    epoch,
  );
const commit = (type: string, facts: CommandEntryData['facts'] = {}) =>
  commands.commit(db, () =>
    Promise.resolve({
      result: null,
      entry: {
        type,
        actor: { kind: 'person', id: owner },
        subject: { kind: 'agent', id: agentB },
        data: { command: type, outcome: 'succeeded' as const, code: null, facts },
        payloads: { names: { actor: 'Ada', subject: 'agent-b' } },
      },
    }),
  );
let epoch: bigint;

beforeAll(async () => {
  database = await createTestDatabase();
  const { appUrl: url } = database;
  db = new Database(url);
  const link = { url, writer: 'gateway', boot: newId() } as const;
  calls = new CallWriter(link);
  commands = new CommandWriter(link, ['suspend-agent', 'start-session', 'verify-ledger']);
  rejections = new RejectionCounter(link);
  queries = new OverviewQueries(db);
  epoch = (await db.epoch.findUniqueOrThrow({ where: { id: 1 } })).value;
  const now = new Date();
  await db.team.createMany({
    data: [
      { id: teamA, name: 'a' },
      { id: teamB, name: 'b' },
    ],
  });
  await db.person.create({
    data: { id: owner, email: 'e', name: 'Ada', createdAt: now },
  });
  const agent = { purpose: 'p', tags: [], ownerId: owner, createdAt: now, updatedAt: now };
  await db.agent.createMany({
    data: [
      { ...agent, id: agentA, name: 'agent-a', state: 'active', riskTier: 'low', teamId: teamA },
      {
        ...agent,
        id: agentB,
        name: 'agent-b',
        state: 'suspended',
        riskTier: 'high',
        teamId: teamB,
      },
    ],
  });
  await intent(agentA, 'allow');
  await intent(agentA, 'deny');
  await intent(agentB, 'allow');
  await calls.append({
    type: 'call.invalid',
    callId: newId(),
    actor: { kind: 'agent', id: agentB },
    data: { code: 'forbidden', protocol: 'rest', server: null, tool: null, bindingId: newId() },
    payloads: { explanation: { reason: 'This agent is suspended.' } },
  });
  rejections.count('bad_token', '10.0.0.1');
  rejections.count('bad_token', '10.0.0.2');
  await rejections.flush();
  for (const type of ['suspend-agent', 'start-session']) await commit(type);
});
afterAll(async () => {
  await calls.stop();
  await commands.stop();
  await rejections.stop();
  await db.$disconnect();
  await database.drop();
});

describe('the overview', () => {
  it('counts everything for who may see everything', async () => {
    const overview = await queries.get(person('security'));
    expect(overviewSchema.parse(overview)).toEqual(overview);
    expect(overview).toMatchObject({
      agentsByState: { active: 1, suspended: 1, draft: 0, retired: 0 },
      agentsByRiskTier: { low: 1, medium: 0, high: 1 },
      callsLast24h: { allow: 2, deny: 1, invalid: 1 },
      requestsWithoutAgentLast24h: [{ reason: 'bad_token', count: 2 }],
      inReviewCount: 0,
      ledger: { lastVerification: null, entries: await db.ledgerEntry.count() },
    });
    expect(overview.callsByHour[23]).toMatchObject({ allow: 2, deny: 1, invalid: 1 });
  });

  it('shows the newest denied and invalid calls with who, what and why', async () => {
    const { latestDeniedOrInvalid } = await queries.get(person('security'));
    expect(latestDeniedOrInvalid).toMatchObject([
      { agent: { id: agentB, name: 'agent-b' }, decision: 'invalid' },
      { agent: { id: agentA, name: 'agent-a' }, decision: 'deny', rule: 'no-refunds' },
    ]);
    expect(latestDeniedOrInvalid.map(({ reason }) => reason)).toEqual([
      'This agent is suspended.',
      'Refunds need a person.',
    ]);
  });

  it('shows what people changed, and not that they came', async () => {
    const { changesToday } = await queries.get(person('grc'));
    expect(changesToday).toMatchObject([
      { type: 'suspend-agent', actor: 'Ada', subject: 'agent-b', outcome: 'succeeded' },
    ]);
  });

  it('shows a developer only what their own teams did', async () => {
    const overview = await queries.get(person('developer', [teamA]));
    expect(overview).toMatchObject({
      agentsByState: { active: 1, suspended: 0 },
      callsLast24h: { allow: 1, deny: 1, invalid: 0 },
      requestsWithoutAgentLast24h: null,
      changesToday: null,
      ledger: null,
      inReviewCount: 0,
      toolServers: { ready: 0, discovering: 0, failed: 0 },
    });
    expect(overviewSchema.parse(overview)).toEqual(overview);
    expect(overview.latestDeniedOrInvalid.map(({ agent }) => agent.id)).toEqual([agentA]);
    const without = await queries.get(person('developer'));
    expect(without.callsLast24h).toEqual({ allow: 0, deny: 0, invalid: 0 });
  });

  it('shows who may not read the ledger nothing out of it', async () => {
    const overview = await queries.get(person('office'));
    expect(overview).toMatchObject({ changesToday: null, ledger: null });
    expect(overview.requestsWithoutAgentLast24h).toEqual([{ reason: 'bad_token', count: 2 }]);
  });

  it('keeps everything from who may read nothing, rather than saying that there is none', async () => {
    const nobody: Actor = { kind: 'person', id: owner, name: 'Nobody', roles: [], teamIds: [] };
    const overview = await queries.get(nobody);
    expect(overviewSchema.parse(overview)).toEqual(overview);
    expect(overview).toMatchObject({
      requestsWithoutAgentLast24h: null,
      changesToday: null,
      ledger: null,
      inReviewCount: null,
      toolServers: null,
    });
  });

  it('says what the newest verification found, also when that was bad', async () => {
    const verified = async (facts: { ok: boolean; entries: number; problemCount: number }) => {
      await commit('verify-ledger', facts);
      return (await queries.get(person('grc'))).ledger?.lastVerification;
    };
    expect(await verified({ ok: true, entries: 9, problemCount: 0 })).toMatchObject({ ok: true });
    expect(await verified({ ok: false, entries: 10, problemCount: 2 })).toMatchObject({
      ok: false,
      entries: 10,
    });
  });
});
