import { asProcess, createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { Database, Notifications } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { McpSessions, type SessionOwner } from './index.js';

let database: TestDatabase;
let db: Database;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(asProcess('gateway', database.appUrl));
});

afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
  await db.$disconnect();
  await database.drop();
});

const CLIENT = { protocolVersion: '2025-11-25', info: {}, capabilities: { sampling: {} } };
const IDLE_SECONDS = 60;
const MINUTE_MS = 60_000;

/** The sessions of one gateway, on a clock that a test moves. */
const gateway = (options: Partial<ConstructorParameters<typeof McpSessions>[0]> = {}) => {
  let aheadMs = 0;
  const clock = { now: () => new Date(Date.now() + aheadMs) };
  const notifications = new Notifications(asProcess('gateway', database.appUrl), () => undefined);
  const logger = { warn: () => undefined };
  const idleSeconds = IDLE_SECONDS;
  const sessions = new McpSessions({ db, notifications, clock, logger, idleSeconds, ...options });
  notifications.start();
  stops.push(() => notifications.stop());
  return { sessions, advance: (ms: number) => void (aheadMs += ms) };
};

const owner = (more: Partial<SessionOwner> = {}): SessionOwner => ({
  agentId: newId(),
  personId: null,
  bindingId: newId(),
  server: null,
  ...more,
});

const opened = async (sessions: McpSessions, whose: SessionOwner): Promise<string> => {
  const id = await sessions.open(whose, CLIENT);
  if (id === null) throw new Error('opened too quickly');
  return id;
};

describe('a session', () => {
  it('is its owner’s alone: agent, person, binding and address', async () => {
    const { sessions } = gateway();
    const whose = owner({ personId: newId(), server: 'wiki' });
    const id = await opened(sessions, whose);
    expect(await sessions.find(id, whose)).toMatchObject({ ...whose, id, client: CLIENT });
    for (const change of [
      { agentId: newId() },
      { personId: newId() },
      { personId: null },
      { bindingId: newId() },
      { server: null },
      { server: 'desk' },
    ])
      expect([change, await sessions.find(id, { ...whose, ...change })]).toEqual([change, null]);
  });

  it('ends when it was idle for too long, remembered or not', async () => {
    const { sessions, advance } = gateway();
    const whose = owner();
    const id = await opened(sessions, whose);
    for (let minute = 0; minute < 3; minute += 1) {
      advance(MINUTE_MS - 5_000);
      expect(await sessions.find(id, whose)).not.toBeNull();
    }
    advance(MINUTE_MS + 5_000);
    expect(await sessions.find(id, whose)).toBeNull();
    expect(await gateway().sessions.find(id, whose)).not.toBeNull(); // its clock was not moved
  });

  it('is deleted when it is idle, unless a stream of it is open', async () => {
    const { sessions, advance } = gateway();
    const whose = owner();
    const [held, idle] = [await opened(sessions, whose), await opened(sessions, whose)];
    const session = await sessions.find(held, whose);
    if (session === null) throw new Error('not found');
    const release = await sessions.hold(session, () => undefined);
    const left = () => db.mcpSession.count({ where: { agentId: whose.agentId } });
    advance(2 * MINUTE_MS);
    await sessions.tidyUp();
    expect(await left()).toBe(1);
    expect(await sessions.find(held, whose)).not.toBeNull();
    expect(await sessions.find(idle, whose)).toBeNull();
    release?.();
    advance(2 * MINUTE_MS);
    await sessions.tidyUp();
    expect(await left()).toBe(0);
  });

  it('tells who holds a stream of it, on another gateway, that it has ended', async () => {
    const [one, other] = [gateway(), gateway()];
    const whose = owner();
    const id = await opened(one.sessions, whose);
    const [here, there] = [
      await one.sessions.find(id, whose),
      await other.sessions.find(id, whose),
    ];
    if (here === null || there === null) throw new Error('not found');
    const { promise, resolve } = Promise.withResolvers<void>();
    await other.sessions.hold(there, resolve);
    await one.sessions.end(here);
    await promise;
    expect(await other.sessions.find(id, whose)).toBeNull();
  });
});

describe('a flood of sessions', () => {
  it('ends the flooder’s own oldest ones, and nobody else’s', async () => {
    const { sessions, advance } = gateway({ maxEach: 10 });
    const [flooder, colleague] = [owner({ personId: newId() }), owner({ personId: newId() })];
    const sameAgent = { ...colleague, agentId: flooder.agentId };
    const theirs = [await opened(sessions, colleague), await opened(sessions, sameAgent)];
    const ids: string[] = [];
    for (let n = 0; n < 38; n += 1) {
      ids.push(await opened(sessions, flooder));
      advance(10);
    }
    const where = { agentId: flooder.agentId, personId: flooder.personId };
    const kept = await db.mcpSession.count({ where });
    expect(kept).toBeGreaterThanOrEqual(10);
    expect(kept).toBeLessThan(20);
    expect(await sessions.find(ids[0] ?? '', flooder)).toBeNull();
    expect(await sessions.find(ids.at(-1) ?? '', flooder)).not.toBeNull();
    expect(await sessions.find(theirs[0] ?? '', colleague)).not.toBeNull();
    expect(await sessions.find(theirs[1] ?? '', sameAgent)).not.toBeNull();
  });

  it('is slowed down, and only for whom it comes from', async () => {
    const { sessions } = gateway({ opening: { burst: 5, perSecond: 0.001 } });
    const [flooder, other] = [owner(), owner()];
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => sessions.open(flooder, CLIENT)),
    );
    expect(answers.filter((id) => id === null)).toHaveLength(3);
    expect(await sessions.open(other, CLIENT)).not.toBeNull();
  });
});

describe('a session at a tool server', () => {
  it('is the same for all gateways, opens with the client’s id alone, and goes to its own address only', async () => {
    const [one, other] = [gateway().sessions, gateway().sessions];
    const whose = owner();
    const id = await opened(one, whose);
    const [here, there] = [await one.find(id, whose), await other.find(id, whose)];
    if (here === null || there === null) throw new Error('not found');
    const server = { id: newId(), url: 'https://a.example.test/mcp' };
    const [mine, theirs] = [one.upstream(here, server), other.upstream(there, server)];
    expect(await mine.load()).toBeNull();
    expect(await theirs.load()).toBeNull();
    expect(await mine.keep('first')).toBe('first');
    expect(await theirs.keep('second')).toBe('first');
    expect(await other.upstream(there, server).load()).toBe('first');
    const moved = { ...server, url: 'https://b.example.test/mcp' };
    expect(await one.upstream(here, moved).load()).toBeNull();
    expect(await one.upstream({ ...here, id: 'A'.repeat(43) }, server).load()).toBeNull();
    // The one that was loaded is replaced, and only that.
    const [lost, late] = [one.upstream(here, server), other.upstream(there, server)];
    await lost.load();
    await late.load();
    expect(await lost.keep('third')).toBe('third');
    expect(await late.keep('fourth')).toBe('third');
    expect(await one.end(here)).toEqual([
      { serverId: server.id, url: server.url, session: 'third' },
    ]);
    expect(await db.mcpUpstreamSession.count({ where: { serverId: server.id } })).toBe(0);
  });
});
