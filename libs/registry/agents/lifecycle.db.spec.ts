import { readEpoch, readEpochSections, type Database } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import pg from 'pg';
import { describe, expect } from 'vitest';
import { itWithAgents as it, type TestAgents } from './agents.fixture.js';
import type { PersonActor } from '#libs/dev/testing';
import {
  ChangeAgent,
  RevokeAgentTokens,
  ReassignAgent,
  RetireAgent,
  SuspendAgent,
  type AgentQueries,
} from './index.js';

type State = 'draft' | 'active' | 'suspended' | 'retired';

let open: TestAgents;
let db: Database;
let queries: AgentQueries;
let it_: PersonActor;
let security: PersonActor;
let activate: TestAgents['activate'];
let suspend: SuspendAgent;
let retire: RetireAgent;
let change: ChangeAgent;
let reassign: ReassignAgent;
let cut: RevokeAgentTokens;

const agentIn = async (state: State): Promise<string> => {
  if (state === 'draft') return open.addBoundAgent();
  const id = await open.addActiveAgent();
  if (state === 'suspended') await suspend.execute(it_, { id, reason: 'for this test' });
  if (state === 'retired') await retire.execute(it_, { id, reason: 'for this test' });
  return id;
};

it.beforeAll(async ({ shared }) => {
  open = shared;
  ({ db, queries, activate, it: it_ } = open);
  const { runtime } = open;
  suspend = new SuspendAgent(runtime);
  retire = new RetireAgent(runtime);
  change = new ChangeAgent(runtime);
  reassign = new ReassignAgent(runtime);
  cut = new RevokeAgentTokens(runtime);
  security = await open.addPerson(['security']);
});

describe("an agent's state", () => {
  const VERBS = {
    activate: () => activate,
    suspend: () => suspend,
    retire: () => retire,
  };

  it.each([
    ['activate', 'draft', 'active'],
    ['activate', 'suspended', 'active'],
    ['suspend', 'active', 'suspended'],
    ['retire', 'draft', 'retired'],
    ['retire', 'active', 'retired'],
    ['retire', 'suspended', 'retired'],
  ] as const)('can %s one that is %s, and moves the epoch', async (verb, from, to) => {
    const id = await agentIn(from);
    const before = await readEpoch(db);
    await VERBS[verb]().execute(it_, { id, reason: 'because of it' });
    expect(await queries.get(it_, id)).toMatchObject({ state: to, stateReason: 'because of it' });
    expect(await readEpoch(db)).toBe(before + 1n);
    expect(await open.newest(`${verb}-agent`)).toMatchObject({
      subjectId: id,
      actorId: it_.id,
      data: { facts: { from, to } },
    });
  });

  it.each([
    ['activate', 'active'],
    ['activate', 'retired'],
    ['suspend', 'draft'],
    ['suspend', 'suspended'],
    ['suspend', 'retired'],
    ['retire', 'retired'],
  ] as const)('does not %s one that is %s, and moves nothing', async (verb, state) => {
    const id = await agentIn(state);
    const before = await readEpoch(db);
    await expect(VERBS[verb]().execute(it_, { id, reason: 'because' })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await open.stateOf(id)).toBe(state);
    expect(await readEpoch(db)).toBe(before);
  });

  it('changes once when three people do the same at the same time', async () => {
    const id = await agentIn('active');
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => suspend.execute(it_, { id, reason: 'stop it' })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  it('spares the replicas the people: only the registry changed', async () => {
    const id = await agentIn('active');
    const { people } = await readEpochSections(db);
    await suspend.execute(it_, { id, reason: 'stop it' });
    const after = await readEpochSections(db);
    expect(after).toMatchObject({ people, registry: after.value });
  });
});

describe('activating an agent', () => {
  const rejection = async (id: string) =>
    activate.execute(it_, { id, reason: 'go on' }).then(
      () => 'activated',
      (error: unknown) => error,
    );

  it('needs a binding', async () => {
    const id = await open.addAgent();
    expect(await rejection(id)).toMatchObject({
      code: 'precondition_failed',
      message: expect.stringContaining('Bind it') as string,
    });
  });

  it('is rejected once it has expired, and works with a later end', async () => {
    const expiresAt = new Date(open.clock.now().getTime() + 1000).toISOString();
    const id = await open.addBoundAgent({ expiresAt });
    await db.agent.update({ where: { id }, data: { expiresAt: open.clock.now() } });
    expect(await rejection(id)).toMatchObject({
      code: 'precondition_failed',
      message: expect.stringContaining('later end') as string,
    });
    await change.execute(it_, { id, expiresAt });
    expect(await rejection(id)).toBe('activated');
  });

  it('is rejected while it is an orphan, or its owner is gone', async () => {
    const { id: ownerId } = await open.addPerson();
    const [orphan, gone] = [await open.addBoundAgent(), await open.addBoundAgent({ ownerId })];
    await db.agent.update({ where: { id: orphan }, data: { orphanedAt: new Date() } });
    await db.person.update({ where: { id: ownerId }, data: { disabledAt: new Date() } });
    for (const id of [orphan, gone]) {
      expect(await rejection(id)).toMatchObject({
        code: 'precondition_failed',
        message: expect.stringContaining('owner who is active') as string,
      });
      await reassign.execute(it_, {
        id,
        ownerId: it_.id,
        teamId: open.teamId,
        reason: 'takes it over',
      });
      expect(await rejection(id)).toBe('activated');
    }
  });
});

describe('retiring an agent', () => {
  it('takes its bindings away, so that another agent can be bound to it', async () => {
    const { bind, issuerId } = open;
    const id = await open.addAgent();
    const binding = { kind: 'subject', issuerId, subject: newId() };
    await bind.execute(it_, { id, ...binding });
    await retire.execute(it_, { id, reason: 'not needed' });
    expect(await queries.get(it_, id)).toMatchObject({
      bindings: [],
      retiredAt: expect.any(String) as string,
    });
    await bind.execute(it_, { id: await open.addAgent(), ...binding });
  });

  it('leaves its name and its id to nobody else, even with the database role', async () => {
    const name = 'once-and-never-again';
    const id = await open.addAgent({ name });
    await retire.execute(it_, { id, reason: 'not needed' });
    await expect(open.register.execute(it_, open.agentInput({ name }))).rejects.toMatchObject({
      code: 'conflict',
      problems: [{ path: 'name' }],
    });
    const role = new pg.Client({ connectionString: open.database.appUrl });
    await role.connect();
    const attempt = (sql: string) =>
      role.query(sql, [id]).then(
        () => 'done',
        (error: unknown) => (error as { code: string }).code,
      );
    const denied = '42501';
    expect(await attempt('DELETE FROM agent WHERE id = $1')).toBe(denied);
    expect(await attempt("UPDATE agent SET name = 'other' WHERE id = $1")).toBe(denied);
    expect(await attempt('UPDATE agent SET id = gen_random_uuid() WHERE id = $1')).toBe(denied);
    expect(await attempt("UPDATE agent SET state = 'active' WHERE id = $1")).toBe('23514');
    // The role may do what is left: the rejections above are about these columns.
    expect(await attempt("UPDATE agent SET purpose = 'still here' WHERE id = $1")).toBe('done');
    await role.end();
  });

  it.each([
    ['change', () => change, { purpose: 'another' }],
    ['reassign', () => reassign, null],
    ['sign out', () => cut, { reason: 'leaked' }],
  ] as const)('is the end: nobody can %s it', async (_, command, input) => {
    const id = await agentIn('retired');
    const body = input ?? { ownerId: it_.id, teamId: open.teamId, reason: 'a new home' };
    await expect(command().execute(it_, { id, ...body })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('changing an agent', () => {
  it('changes what is named, clears what is null, and leaves the rest', async () => {
    const id = await open.addAgent({ inactiveAfterDays: 7 });
    await change.execute(it_, { id, purpose: 'another', inactiveAfterDays: null });
    const expiresAt = new Date(open.clock.now().getTime() + 1000).toISOString();
    await change.execute(it_, { id, riskTier: 'high', tags: ['b'], expiresAt });
    expect(await queries.get(it_, id)).toMatchObject({
      purpose: 'another',
      inactiveAfterDays: null,
      riskTier: 'high',
      tags: ['b'],
      expiresAt,
    });
    expect(await open.newest('change-agent')).toMatchObject({
      data: { facts: { fromRiskTier: 'low', riskTier: 'high', fromTags: ['a'], tags: ['b'] } },
    });
  });

  it('moves the epoch only where policies or the gateway look', async () => {
    const id = await open.addAgent();
    const before = await readEpoch(db);
    await change.execute(it_, { id, purpose: 'said better', inactiveAfterDays: 3 });
    expect(await readEpoch(db)).toBe(before);
    for (const requested of [{ riskTier: 'medium' }, { tags: [] }, { expiresAt: null }])
      await change.execute(it_, { id, ...requested });
    expect(await readEpoch(db)).toBe(before + 3n);
  });

  it.each([
    ['nothing', {}],
    ['a name', { name: 'other' }],
    ['a state', { state: 'active' }],
    ['an end that has passed', { expiresAt: '2020-01-01T00:00:00.000Z' }],
    ['a tier of its own', { riskTier: 'none' }],
  ])('rejects %s', async (_, requested) => {
    const id = await open.addAgent();
    await expect(change.execute(it_, { id, ...requested })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});

describe('who may', () => {
  const inputs = () => ({ ownerId: it_.id, teamId: open.teamId, reason: 'because' });

  it('lets a developer suspend and sign out agents of their own team, and no more', async () => {
    const developer = await open.addPerson(['developer'], { teamIds: [open.teamId] });
    const id = await agentIn('active');
    const reason = 'odd calls';
    await cut.execute(developer, { id, reason });
    await suspend.execute(developer, { id, reason });
    for (const command of [activate, retire])
      await expect(command.execute(developer, { id, reason })).rejects.toMatchObject({
        code: 'forbidden',
      });
    await expect(change.execute(developer, { id, purpose: 'p' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(reassign.execute(developer, { id, ...inputs() })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('hides the agents of other teams from a developer', async () => {
    const outsider = await open.addPerson(['developer'], { teamIds: [await open.addTeam()] });
    const id = await agentIn('active');
    for (const command of [suspend, cut])
      await expect(command.execute(outsider, { id, reason: 'odd' })).rejects.toMatchObject({
        code: 'not_found',
      });
  });

  it('lets security suspend and sign out, not retire or change', async () => {
    const id = await agentIn('active');
    await suspend.execute(security, { id, reason: 'odd calls' });
    await cut.execute(security, { id, reason: 'odd calls' });
    await expect(retire.execute(security, { id, reason: 'odd' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(change.execute(security, { id, purpose: 'p' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('signing an agent out', () => {
  it('dates its tokens, moves the epoch and leaves it active', async () => {
    const id = await agentIn('active');
    const before = await readEpoch(db);
    await cut.execute(it_, { id, reason: 'a token leaked' });
    expect(await queries.get(it_, id)).toMatchObject({
      state: 'active',
      tokensRevokedBefore: open.clock.now().toISOString(),
    });
    expect(await readEpoch(db)).toBe(before + 1n);
  });
});

describe('reassigning an agent', () => {
  it('gives it another owner and team, and says so', async () => {
    const [id, teamId] = [await agentIn('active'), await open.addTeam()];
    const { id: ownerId } = await open.addPerson();
    await reassign.execute(it_, { id, ownerId, teamId, reason: 'moves house' });
    expect(await queries.get(it_, id)).toMatchObject({
      owner: { id: ownerId },
      team: { id: teamId },
      state: 'active',
    });
    expect(await open.newest('reassign-agent')).toMatchObject({
      data: { facts: { fromOwnerId: it_.id, ownerId, fromTeamId: open.teamId, teamId } },
    });
  });

  it.each([
    ['an owner who does not exist', () => ({ ownerId: newId() }), 'ownerId'],
    ['a team that does not exist', () => ({ teamId: newId() }), 'teamId'],
  ])('rejects %s', async (_, over, path) => {
    const input = { ownerId: it_.id, teamId: open.teamId, reason: 'moves house', ...over() };
    await expect(
      reassign.execute(it_, { id: await open.addAgent(), ...input }),
    ).rejects.toMatchObject({ code: 'invalid_input', problems: [{ path }] });
  });
});
