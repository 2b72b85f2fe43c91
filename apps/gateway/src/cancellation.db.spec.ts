import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { startGateway, type GatewayFixture } from './fixtures/gateway.fixture.js';
import { startIdentitySuite } from './fixtures/identity-suite.fixture.js';
import { startLiveMcp, type LiveCall, type LiveMcpFixture } from './fixtures/live-mcp.fixture.js';
import { postMcp, postMcpCall, type McpCallOptions } from './fixtures/mcp-caller.fixture.js';
import { readOutcomes, type RecordedOutcomes } from './fixtures/recorded-outcomes.fixture.js';
import { holdNextAnswer } from './fixtures/rest-server.fixture.js';
import { startSecondGateway } from './fixtures/second-gateway.fixture.js';
import { openSession } from './fixtures/session-client.fixture.js';

const DONE = '"result":{"content":[]}';
const LEGACY = '2025-11-25' as const;
const MODERN = '2026-07-28' as const;

describe.each([LEGACY, MODERN])('over a tool server of %s', (upstreamEra) => {
  let database: TestDatabase;
  let mcp: LiveMcpFixture;
  let gateway: GatewayFixture;
  let other: Awaited<ReturnType<typeof startSecondGateway>>;
  let outcomes: RecordedOutcomes;
  let arrived: PromiseWithResolvers<LiveCall>;

  beforeAll(async () => {
    [database, mcp] = await Promise.all([createTestDatabase(), startLiveMcp(upstreamEra)]);
    gateway = await startGateway(database.appUrl, { mcpUrl: mcp.url, upstreamTimeoutSeconds: 20 });
    other = await startSecondGateway(database.appUrl, gateway.url);
    outcomes = await readOutcomes(database.superuserUrl);
  });

  afterAll(async () => {
    await Promise.all([gateway.stop(), other.stop()]);
    await Promise.all([mcp.stop(), outcomes.stop()]);
    await database.drop();
  });

  beforeEach(() => {
    arrived = Promise.withResolvers();
    mcp.onCall = (call) => arrived.resolve(call);
    mcp.received.length = 0;
  });

  const call = async (options: Partial<McpCallOptions>) =>
    postMcpCall({
      url: `${gateway.url}/mcp/everything`,
      token: await gateway.token('coder'),
      version: LEGACY,
      tool: 'echo',
      arguments: { message: 'x' },
      ...options,
    });

  const cancel = async (requestId: unknown, options: Partial<McpCallOptions> = {}) => {
    const params = { requestId, reason: 'the user changed their mind' };
    const target = {
      url: `${gateway.url}/mcp/everything`,
      token: await gateway.token('coder'),
      version: LEGACY,
      tool: 'echo',
      ...options,
    };
    const message = { jsonrpc: '2.0', method: 'notifications/cancelled', params };
    expect((await postMcp(target, message)).status).toBe(202);
  };

  const session = async (agent = 'coder') =>
    openSession(`${gateway.url}/mcp/everything`, await gateway.token(agent));

  /** That the tool server is told within a second, in the way of its era. */
  const expectToldUpstream = async ({ gone, id }: LiveCall, sinceMs: number) => {
    await gone;
    if (upstreamEra === LEGACY) {
      const told = () => mcp.received.filter(({ method }) => method === 'notifications/cancelled');
      await expect.poll(told).toMatchObject([{ params: { requestId: id } }]);
    }
    expect(performance.now() - sinceMs).toBeLessThan(1_000);
  };

  const cancelled = [{ outcome: 'unknown', cause: 'cancelled' }];

  it('a client of 2026-07-28 cancels by closing its connection', async () => {
    const abort = new AbortController();
    const meta = { progressToken: 1 };
    const response = await call({ version: MODERN, meta, signal: abort.signal });
    const live = await arrived.promise;
    const sinceMs = performance.now();
    abort.abort();
    await expectToldUpstream(live, sinceMs);
    const callId = response.headers.get('gatehouse-call-id');
    await expect.poll(() => outcomes.of(callId)).toEqual(cancelled);
  });

  it('a client of 2025-11-25 that lost its connection did not cancel', async () => {
    const abort = new AbortController();
    const response = await call({ meta: { progressToken: 1 }, signal: abort.signal });
    const live = await arrived.promise;
    abort.abort();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const callId = response.headers.get('gatehouse-call-id');
    expect(await outcomes.of(callId)).toEqual([]);
    live.end(DONE);
    await expect.poll(() => outcomes.of(callId)).toEqual([{ outcome: 'succeeded' }]);
    expect(mcp.received.map(({ method }) => method)).not.toContain('notifications/cancelled');
  });

  it.each([['without a session'], ['with a session']])(
    'a client of 2025-11-25 %s cancels by saying so',
    async (how) => {
      const own = how === 'with a session' ? { session: await session() } : {};
      const response = call({ ...own, id: 'c-1' });
      const live = await arrived.promise;
      const sinceMs = performance.now();
      await cancel('c-1', own);
      await expectToldUpstream(live, sinceMs);
      const answer = await response;
      expect(await answer.json()).toMatchObject({
        id: 'c-1',
        error: { data: { code: 'call_cancelled' } },
      });
      expect(await outcomes.of(answer.headers.get('gatehouse-call-id'))).toEqual(cancelled);
    },
  );

  it('reaches the gateway that holds the call', async () => {
    const own = { session: await session() };
    const response = call({ ...own, id: 9 });
    const live = await arrived.promise;
    const sinceMs = performance.now();
    await cancel(9, { ...own, url: `${other.url}/mcp/everything` });
    await expectToldUpstream(live, sinceMs);
    const callId = (await response).headers.get('gatehouse-call-id');
    expect(await outcomes.of(callId)).toEqual(cancelled);
  });

  it('of another’s request does nothing: another agent’s, session’s, id’s, type of id’s', async () => {
    const own = { session: await session() };
    const response = call({ ...own, id: 5 });
    const live = await arrived.promise;
    const outsider = { token: await gateway.token('outsider') };
    await cancel(5, { session: await session() });
    await cancel(5);
    await cancel(5, outsider);
    await cancel(5, { ...outsider, session: await session('outsider') });
    await cancel('5', own);
    await cancel(6, own);
    await cancel(live.id, own);
    await cancel([5], own);
    await cancel(null, own);
    await cancel(5, { ...own, version: MODERN });
    await new Promise((resolve) => setTimeout(resolve, 200));
    live.end(DONE);
    const answer = await response;
    expect(await answer.json()).toMatchObject({ id: 5, result: { content: [] } });
    const callId = answer.headers.get('gatehouse-call-id');
    expect(await outcomes.of(callId)).toEqual([{ outcome: 'succeeded' }]);
  });

  it('of another agent’s request does nothing where neither has a session', async () => {
    const response = call({ id: 5 });
    const live = await arrived.promise;
    const outsider = { token: await gateway.token('outsider') };
    await cancel(5, outsider);
    await cancel(5, { ...outsider, url: `${other.url}/mcp/everything` });
    await new Promise((resolve) => setTimeout(resolve, 200));
    live.end(DONE);
    expect(await (await response).json()).toMatchObject({ id: 5, result: { content: [] } });
  });

  it('of a name that two calls without a session have cancels neither', async () => {
    const lives: LiveCall[] = [];
    mcp.onCall = (live) => {
      if (lives.push(live) === 2) arrived.resolve(live);
    };
    const calls = [call({ id: 5 }), call({ id: 5 })];
    await arrived.promise;
    await cancel(5);
    for (const live of lives) live.end(DONE);
    for (const answer of await Promise.all(calls))
      expect(await answer.json()).toMatchObject({ result: { content: [] } });
  });

  it('is a closed connection for a caller over REST', async () => {
    const held = holdNextAnswer(gateway.rest);
    const gone = Promise.withResolvers<void>();
    gateway.rest.onGone = () => gone.resolve();
    const abort = new AbortController();
    const response = fetch(`${gateway.url}/v1/tool-calls`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await gateway.token('coder')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ server: 'helpdesk', tool: 'search_tickets', arguments: { q: 'x' } }),
      signal: abort.signal,
    });
    await held.arrived;
    const sinceMs = performance.now();
    abort.abort();
    await expect(response).rejects.toThrow('aborted');
    await gone.promise;
    expect(performance.now() - sinceMs).toBeLessThan(1_000);
    held.release();
    await expect.poll(() => outcomes.last()).toEqual(cancelled[0]);
  });
});

it('of a request that the same agent made for another person does nothing', async () => {
  const suite = await startIdentitySuite();
  try {
    const ask = async (person: string, message: object) =>
      postMcp(
        {
          url: `${suite.gateway.url}/mcp/helpdesk`,
          token: await suite.clientToken(person),
          version: LEGACY,
          tool: 'search_tickets',
        },
        { jsonrpc: '2.0', ...message },
      );
    const cancelAs = async (person: string) => {
      const method = 'notifications/cancelled';
      expect((await ask(person, { method, params: { requestId: 5 } })).status).toBe(202);
    };
    const params = { name: 'search_tickets', arguments: { q: 'printer' } };
    const held = holdNextAnswer(suite.gateway.rest);
    const response = ask('ann', { id: 5, method: 'tools/call', params });
    await held.arrived;
    await cancelAs('bob');
    await new Promise((resolve) => setTimeout(resolve, 200));
    held.release();
    expect(await (await response).json()).toMatchObject({ id: 5, result: { isError: false } });
    const again = holdNextAnswer(suite.gateway.rest);
    const cancelled = ask('ann', { id: 5, method: 'tools/call', params });
    await again.arrived;
    await cancelAs('ann');
    expect(await (await cancelled).json()).toMatchObject({
      error: { data: { code: 'call_cancelled' } },
    });
    again.release();
  } finally {
    await suite.stop();
  }
});
