import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { bumpEpoch, Database, transaction } from '#libs/platform/db';
import { startGateway, type GatewayFixture } from './fixtures/gateway.fixture.js';
import { startLiveMcp, type LiveCall, type LiveMcpFixture } from './fixtures/live-mcp.fixture.js';
import {
  allEventsOf,
  eventsOf,
  postMcpCall,
  type McpCallOptions,
} from './fixtures/mcp-caller.fixture.js';
import { readOutcomes, type RecordedOutcomes } from './fixtures/recorded-outcomes.fixture.js';
import { signEverything } from './fixtures/sign-everything.fixture.js';

const CLIENTS = ['2025-11-25', '2026-07-28'] as const;
const LOG_LEVEL = 'io.modelcontextprotocol/logLevel';

const progress = (token: unknown, more = '"progress":1,"total":2') =>
  `{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":${JSON.stringify(token)},${more}}}`;
const log = (level: string) =>
  `{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"${level}","data":"${level} 1.10"}}`;
const tokenOf = ({ params }: LiveCall): unknown =>
  (params['_meta'] as Record<string, unknown> | undefined)?.['progressToken'];

const DONE = '"result":{"content":[],"structuredContent":{"n":1.0}}';

describe.each(['2025-11-25', '2026-07-28'] as const)('over a tool server of %s', (upstreamEra) => {
  let database: TestDatabase;
  let mcp: LiveMcpFixture;
  let gateway: GatewayFixture;
  let outcomes: RecordedOutcomes;
  let db: Database;

  beforeAll(async () => {
    [database, mcp] = await Promise.all([createTestDatabase(), startLiveMcp(upstreamEra)]);
    gateway = await startGateway(database.appUrl, { mcpUrl: mcp.url, upstreamTimeoutSeconds: 2 });
    outcomes = await readOutcomes(database.superuserUrl);
    db = new Database(database.appUrl);
  });

  afterAll(async () => {
    await gateway.stop();
    await Promise.all([mcp.stop(), outcomes.stop(), db.$disconnect()]);
    await database.drop();
  });

  beforeEach(() => {
    mcp.onCall = (call) => call.end(DONE);
  });

  const call = async (options: Partial<McpCallOptions> = {}) =>
    postMcpCall({
      url: `${gateway.url}/mcp/everything`,
      token: await gateway.token('coder'),
      version: '2025-11-25',
      tool: 'echo',
      arguments: { message: 'x' },
      ...options,
    });

  describe.each(CLIENTS)('a client of %s', (version) => {
    it('gets progress under its own token, every digit of it, and then the answer', async () => {
      let seen: unknown;
      mcp.onCall = (live) => {
        seen = tokenOf(live);
        live.send(progress(seen, '"progress":0.10,"total":9007199254740993,"message":"m"'));
        live.send(progress(seen, '"progress":0.20,"_meta":{"io.gatehouse/x":1,"own":1.0}'));
        live.end(DONE);
      };
      const response = await call({ version, meta: { progressToken: 'mine' } });
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      expect(seen).not.toBe('mine');
      const [first, second, answer, ...others] = await allEventsOf(response);
      expect(first).toContain('"progress":0.10,"total":9007199254740993,"message":"m"');
      expect(second).toContain('"progress":0.20');
      expect(second).toContain('"_meta":{"own":1.0}');
      for (const event of [first, second])
        expect(JSON.parse(event ?? '')).toMatchObject({
          method: 'notifications/progress',
          params: { progressToken: 'mine' },
        });
      expect(answer).toContain('"structuredContent":{"n":1.0}');
      expect(others).toEqual([]);
      expect(await outcomes.of(response.headers.get('gatehouse-call-id'))).toEqual([
        { outcome: 'succeeded' },
      ]);
    });

    it('gets no progress that it did not ask for, and none of another call', async () => {
      const lives: LiveCall[] = [];
      const both = Promise.withResolvers<void>();
      mcp.onCall = (live) => {
        if (lives.push(live) === 2) both.resolve();
      };
      const calls = [1, 2].map((id) => call({ version, id, meta: { progressToken: 7 } }));
      await both.promise;
      const [one, other] = lives as [LiveCall, LiveCall];
      expect(tokenOf(one)).not.toEqual(tokenOf(other));
      one.send(progress(tokenOf(other)));
      one.send(progress(7));
      one.send(progress(tokenOf(one), '"progress":3'));
      for (const live of lives) live.end(DONE);
      const events = await Promise.all(calls.map(async (it) => allEventsOf(await it)));
      expect(events.map(({ length }) => length).toSorted()).toEqual([1, 2]);
      mcp.onCall = (live) => {
        expect(tokenOf(live)).toBeUndefined();
        live.send(progress(live.id));
        live.end(DONE);
      };
      const plain = await call({ version });
      expect(plain.headers.get('content-type')).toBe('application/json');
    });

    it('that takes JSON alone gets one whole answer, and nothing is asked for it', async () => {
      mcp.onCall = (live) => {
        expect(tokenOf(live)).toBeUndefined();
        live.send(log('error'));
        live.end(DONE);
      };
      const accept = 'application/json';
      const response = await call({ version, accept, meta: { progressToken: 1 } });
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await response.text()).toContain('"structuredContent":{"n":1.0}');
    });

    it('gets no other notification of a tool server on its call’s stream', async () => {
      mcp.onCall = (live) => {
        for (const method of ['tools/list_changed', 'initialized', 'cancelled', 'x'])
          live.send({ jsonrpc: '2.0', method: `notifications/${method}`, params: {} });
        live.end(DONE);
      };
      const response = await call({ version });
      expect(response.headers.get('content-type')).toBe('application/json');
    });

    it('has its stream cut within a second of a revocation, with its outcome recorded', async () => {
      const arrived = Promise.withResolvers<LiveCall>();
      mcp.onCall = (live) => {
        live.send(progress(tokenOf(live)));
        const timer = setInterval(() => live.send(progress(tokenOf(live))), 500);
        void live.gone.then(() => clearInterval(timer));
        arrived.resolve(live);
      };
      const response = await call({ version, meta: { progressToken: 1 } });
      const events = eventsOf(response);
      expect((await events.next()).value).toContain('notifications/progress');
      const live = await arrived.promise;
      const setState = (state: 'active' | 'suspended') =>
        transaction(db, async (tx) => {
          await tx.agent.update({ where: { name: 'coder' }, data: { state } });
          await signEverything(tx);
          await bumpEpoch(tx, 'registry');
        });
      await setState('suspended');
      const revokedAtMs = performance.now();
      let last: unknown;
      for await (const event of events) last = JSON.parse(event);
      expect(performance.now() - revokedAtMs).toBeLessThan(1_000);
      await setState('active');
      expect(last).toMatchObject({ error: { data: { code: 'call_terminated' } } });
      await live.gone;
      expect(await outcomes.of(response.headers.get('gatehouse-call-id'))).toEqual([
        { outcome: 'unknown', cause: 'agent_not_active' },
      ]);
      mcp.onCall = (next) => next.end(DONE);
      await expect.poll(async () => (await call()).status).toBe(200);
    });
  });

  it('sends log messages of the level that a client of 2026-07-28 names, and none to one that names none', async () => {
    let asked: unknown;
    mcp.onCall = (live) => {
      asked = (live.params['_meta'] as Record<string, unknown> | undefined)?.[LOG_LEVEL];
      for (const level of ['debug', 'warning', 'error', 'shout']) live.send(log(level));
      live.end(DONE);
    };
    const version = '2026-07-28';
    const events = await allEventsOf(await call({ version, meta: { [LOG_LEVEL]: 'warning' } }));
    expect(events.slice(0, -1)).toEqual([log('warning'), log('error')]);
    expect(asked).toBe(upstreamEra === version ? 'warning' : undefined);
    expect((await call({ version })).headers.get('content-type')).toBe('application/json');
    const older = await allEventsOf(await call());
    expect(older).toHaveLength(5);
  });

  it('lets a tool that shows progress take longer than one that is silent', async () => {
    mcp.onCall = (live) => {
      const timer = setInterval(() => live.send(progress(tokenOf(live))), 700);
      setTimeout(() => {
        clearInterval(timer);
        live.end(DONE);
      }, 3_100);
    };
    const events = await allEventsOf(await call({ meta: { progressToken: 1 } }));
    expect(events).toHaveLength(5);
    expect(events.at(-1)).toContain('"structuredContent"');
    mcp.onCall = () => undefined;
    const silent = await call();
    expect(await silent.json()).toMatchObject({ result: { isError: true } });
    expect(await outcomes.of(silent.headers.get('gatehouse-call-id'))).toEqual([
      { outcome: 'timeout' },
    ]);
  });
});
