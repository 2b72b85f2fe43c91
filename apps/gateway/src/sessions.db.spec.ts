import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestOrganisation } from '#libs/dev/testing';
import { ask, endSession, openSession } from './fixtures/session-client.fixture.js';
import { signEverything } from './fixtures/sign-everything.fixture.js';
import { startTwoGateways, type TwoGatewaysFixture } from './fixtures/two-gateways.fixture.js';

let gateways: TwoGatewaysFixture;
let db: TwoGatewaysFixture['db'];
let upstream: TwoGatewaysFixture['upstream'];
let first: TwoGatewaysFixture['first'];
let second: TwoGatewaysFixture['second'];
let token: string;

beforeAll(async () => {
  gateways = await startTwoGateways();
  ({ db, upstream, first, second, token } = gateways);
});

afterAll(() => gateways.stop());

const PATH = '/mcp/everything';
const CALL = { params: { name: 'echo', arguments: { message: 'x' } } };

const call = (url: string, session?: string, as = token) =>
  ask(`${url}${PATH}`, as, 'tools/call', {
    ...CALL,
    ...(session === undefined ? {} : { session }),
  });

const NO_SESSION = { status: 404, code: -32001 };

describe('a session', () => {
  it('is one of its own at the tool server, whichever gateway its requests reach', async () => {
    const [one, other] = [
      await openSession(`${first.url}${PATH}`, token),
      await openSession(`${second.url}${PATH}`, token),
    ];
    expect(one).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const said: (string | undefined)[] = [];
    for (const [url, session] of [
      [first.url, one],
      [second.url, one],
      [second.url, other],
      [first.url, other],
      [first.url, one],
    ] as const)
      said.push((await call(url, session)).text);
    const [mine, , theirs] = said.map((text) => text?.split(' ')[0]);
    expect(mine).not.toBe(theirs);
    expect(said).toEqual([
      `${mine} call 1`,
      `${mine} call 2`,
      `${theirs} call 1`,
      `${theirs} call 2`,
      `${mine} call 3`,
    ]);
  });

  it('is opened once at the tool server, however many first calls come to both gateways at once', async () => {
    const session = await openSession(`${first.url}${PATH}`, token);
    const before = upstream.sessions.size;
    const answers = await Promise.all(
      [first, second, first, second, first, second].map(({ url }) => call(url, session)),
    );
    expect(new Set(answers.map(({ text }) => text?.split(' ')[0])).size).toBe(1);
    // The one of the process that came second is ended.
    await expect.poll(() => upstream.sessions.size).toBe(before + 1);
  });

  it('ends with DELETE on any gateway, for all of them and at the tool server', async () => {
    const session = await openSession(`${first.url}${PATH}`, token);
    await call(first.url, session);
    const [upstreamId = ''] = (await call(second.url, session)).text?.split(' ') ?? [];
    expect(upstream.sessions.has(upstreamId)).toBe(true);
    expect(await endSession(`${second.url}${PATH}`, token, session)).toBe(204);
    expect(await call(second.url, session)).toMatchObject(NO_SESSION);
    // Both remembered it: the other one heard.
    await expect.poll(() => call(first.url, session)).toMatchObject(NO_SESSION);
    await expect.poll(() => upstream.sessions.has(upstreamId)).toBe(false);
    expect(await endSession(`${second.url}${PATH}`, token, session)).toBe(404);
  });

  it('goes on when the tool server has lost its part of it', async () => {
    const session = await openSession(`${first.url}${PATH}`, token);
    await call(first.url, session);
    await call(second.url, session);
    upstream.restart();
    const again = await call(first.url, session);
    expect(again.text).toMatch(/ call 1$/);
    expect((await call(second.url, session)).text).toBe(again.text?.replace('1', '2'));
  });

  it('is needed by nobody: requests without one share one at the tool server, as before', async () => {
    const [a, b] = [await call(first.url), await call(first.url)];
    expect(a.text?.split(' ')[0]).toBe(b.text?.split(' ')[0]);
    expect(a.status).toBe(200);
  });
});

describe('a session that is presented by somebody else does not exist', () => {
  let session: string;
  beforeAll(async () => {
    session = await openSession(`${first.url}${PATH}`, token);
  });

  it('another agent', async () => {
    const other = await first.token('outsider');
    expect(await call(first.url, session, other)).toMatchObject(NO_SESSION);
    expect(await ask(`${first.url}${PATH}`, other, 'tools/list', { session })).toMatchObject(
      NO_SESSION,
    );
    expect(await endSession(`${first.url}${PATH}`, other, session)).toBe(404);
    expect((await call(first.url, session)).status).toBe(200);
  });

  it('the same agent by another binding', async () => {
    const agent = await db.agent.findFirstOrThrow({ where: { name: 'coder' } });
    const issuer = await db.issuer.findFirstOrThrow();
    await createTestOrganisation(db).addBinding({
      agentId: agent.id,
      issuerId: issuer.id,
      subject: 'coder-too',
    });
    await signEverything(db);
    await db.$executeRaw`SELECT epoch_move(true, true)`;
    const byAnother = await first.token('coder-too');
    await expect
      .poll(async () => (await ask(`${first.url}${PATH}`, byAnother, 'ping')).status)
      .toBe(200);
    expect(await call(first.url, session, byAnother)).toMatchObject(NO_SESSION);
    expect((await call(first.url, session)).status).toBe(200);
  });

  it('its own agent at another address', async () => {
    const elsewhere = await ask(`${first.url}/mcp`, token, 'tools/list', { session });
    expect(elsewhere).toMatchObject(NO_SESSION);
  });

  it('and answers as one that was never opened', async () => {
    const guessed = Buffer.alloc(32, 7).toString('base64url');
    for (const one of [guessed, 'x', `${session}x`, `${session}, ${session}`])
      expect([one, await call(first.url, one)]).toEqual([
        one,
        { ...NO_SESSION, session: null, text: undefined },
      ]);
  });

  it('a good session with a bad token is 401, and with a suspended agent 403', async () => {
    expect((await call(first.url, session, 'nope')).status).toBe(401);
    expect((await call(first.url, session, await first.token('sleeper'))).status).toBe(403);
  });
});

describe('the address of one tool server', () => {
  const initialize = async (as: string, path: string): Promise<Record<string, unknown>> => {
    const response = await fetch(`${first.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-11-25', capabilities: {} },
      }),
    });
    return ((await response.json()) as { result: Record<string, unknown> }).result;
  };

  it('says what its tool server says of itself, as that server’s own words', async () => {
    const { serverInfo, instructions, capabilities } = await initialize(token, PATH);
    expect(serverInfo).toEqual({ name: 'stateful', title: 'Stateful', version: '1' });
    expect(instructions).toMatch(/policy denies[\s\S]*everything says of itself:\n\nCount well\.$/);
    expect(capabilities).toEqual({ tools: { listChanged: true } });
  });

  it('says only our own to who may use no tool there, and so does the address of all', async () => {
    for (const [as, path] of [
      [await first.token('outsider'), PATH],
      [token, '/mcp'],
      [token, '/mcp/nowhere'],
    ] as const) {
      const { serverInfo, instructions } = await initialize(as, path);
      expect(serverInfo).toMatchObject({ name: 'gatehouse' });
      expect(instructions).not.toContain('Count');
    }
  });
});

describe('what the database knows of a session', () => {
  it('opens neither it nor what belongs to it at tool servers', async () => {
    const session = await openSession(`${first.url}${PATH}`, token);
    const [upstreamId = ''] = (await call(first.url, session)).text?.split(' ') ?? [];
    const rows = JSON.stringify([
      await db.mcpSession.findMany(),
      await db.mcpUpstreamSession.findMany(),
    ]);
    expect(rows).not.toContain(session);
    expect(rows).not.toContain(`"${upstreamId}"`);
    for (const { digest } of await db.mcpSession.findMany())
      expect(await call(first.url, digest)).toMatchObject(NO_SESSION);
  });
});
