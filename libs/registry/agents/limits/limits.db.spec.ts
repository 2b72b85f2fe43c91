import { readEpoch } from '#libs/platform/db';
import { DAY_MS, systemActor } from '#libs/platform/kernel';
import { afterEach, describe, expect } from 'vitest';
import { itWithAgents as it, type TestAgents } from '../agents.fixture.js';
import { AgentLimits, EnforceAgentLimits } from '../index.js';

let open: TestAgents;
let limits: AgentLimits;
let enforce: EnforceAgentLimits;

const inDays = (days: number): string =>
  new Date(open.clock.now().getTime() + days * DAY_MS).toISOString();

const alertsAbout = (subjectId: string) =>
  open.db.alert.count({ where: { subjectId, kind: 'agent_suspended' } });

it.beforeAll(async ({ shared }) => {
  open = shared;
  enforce = new EnforceAgentLimits(open.runtime);
  limits = new AgentLimits(open.runtime, enforce);
});

// The clock goes on from test to test, and no agent of an earlier one may fall due in a later one.
afterEach(() => open.db.agent.updateMany({ data: { expiresAt: null, inactiveAfterDays: null } }));

describe('the limits of agents', () => {
  it('suspend what has expired, each with an entry and an alert of its own', async () => {
    const ids = [
      await open.addActiveAgent({ expiresAt: inDays(1) }),
      await open.addActiveAgent({ expiresAt: inDays(1) }),
    ];
    const later = await open.addActiveAgent({ expiresAt: inDays(3) });
    expect(await limits.enforceAll()).toBe(0);
    open.clock.passDays(1);
    const before = await readEpoch(open.db);
    expect(await limits.enforceAll()).toBe(2);
    expect(await readEpoch(open.db)).toBe(before + 2n);
    for (const id of ids) {
      expect(await open.stateOf(id)).toBe('suspended');
      expect(await alertsAbout(id)).toBe(1);
      expect(
        await open.db.ledgerEntry.findMany({
          where: { type: 'enforce-agent-limits', subjectId: id },
        }),
      ).toMatchObject([{ actorKind: 'system', data: { facts: { limit: 'expired' } } }]);
    }
    expect(await open.stateOf(later)).toBe('active');
    expect(await limits.enforceAll()).toBe(0);
  });

  it('suspend what has not called for longer than it may, counted from its last call', async () => {
    const id = await open.addActiveAgent({ inactiveAfterDays: 7 });
    open.clock.passDays(5);
    await open.called(id, 'deny');
    open.clock.passDays(5);
    expect(await limits.enforceAll()).toBe(0);
    open.clock.passDays(2);
    expect(await limits.enforceAll()).toBe(0);
    open.clock.passDays(0.1);
    expect(await limits.enforceAll()).toBe(1);
    expect(await open.newest('enforce-agent-limits')).toMatchObject({
      subjectId: id,
      data: { facts: { limit: 'inactive', inactiveAfterDays: 7 } },
    });
  });

  it('count from its activation when it never called, and anew from the next one', async () => {
    const id = await open.addActiveAgent({ inactiveAfterDays: 7 });
    open.clock.passDays(8);
    expect(await limits.enforceAll()).toBe(1);
    await open.activate.execute(open.it, { id, reason: 'needed after all' });
    open.clock.passDays(6);
    expect(await limits.enforceAll()).toBe(0);
    open.clock.passDays(2);
    expect(await limits.enforceAll()).toBe(1);
  });

  it('leave alone what has none, and what is no longer active', async () => {
    const free = await open.addActiveAgent();
    const draft = await open.addBoundAgent({ expiresAt: inDays(1), inactiveAfterDays: 1 });
    open.clock.passDays(4000);
    expect(await limits.enforceAll()).toBe(0);
    expect(await open.stateOf(free)).toBe('active');
    expect(await open.stateOf(draft)).toBe('draft');
  });

  it('suspend each once when two workers do their round at the same time', async () => {
    const id = await open.addActiveAgent({ expiresAt: inDays(1) });
    open.clock.passDays(2);
    const counts = await Promise.all([limits.enforceAll(), limits.enforceAll()]);
    expect(counts[0] + counts[1]).toBe(1);
    expect(await alertsAbout(id)).toBe(1);
  });

  it('are not for people to enforce, nor for agents within them', async () => {
    const id = await open.addActiveAgent({ expiresAt: inDays(1) });
    await expect(enforce.execute(open.it, { id })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(enforce.execute(systemActor('worker'), { id })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await open.stateOf(id)).toBe('active');
  });
});
