import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestOrganisation } from '#libs/dev/testing';
import { bumpEpoch, transaction } from '#libs/platform/db';
import {
  ask,
  endSession,
  headersOf,
  openSession,
  openStream,
  type OpenStream,
} from './fixtures/session-client.fixture.js';
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

const open: OpenStream[] = [];
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});

const PATH = '/mcp/everything';

const listen = async (url: string, session: string, as = token): Promise<OpenStream> => {
  const stream = await openStream(`${url}${PATH}`, as, session);
  open.push(stream);
  return stream;
};

/** A session and the id of what it is at the tool server. */
const started = async (url = first.url) => {
  const session = await openSession(`${url}${PATH}`, token);
  const { text } = await ask(`${url}${PATH}`, token, 'tools/call', {
    session,
    params: { name: 'echo', arguments: { message: 'x' } },
  });
  return { session, upstreamId: text?.split(' ')[0] ?? '' };
};

const isStreaming = async (id: string) => {
  await expect.poll(() => upstream.streams.has(id)).toBe(true);
};
const log = (data: string) => ({
  method: 'notifications/message',
  params: { level: 'info', data },
});

/** A change of rights, as commands make it. */
const change = async (agent: string, state: 'active' | 'suspended') => {
  await db.agent.updateMany({ where: { name: agent }, data: { state } });
  await signEverything(db);
  await transaction(db, (tx) => bumpEpoch(tx));
};

const isHeard = async () => {
  const { value } = await db.epoch.findFirstOrThrow();
  await expect.poll(() => first.snapshots.newest?.epoch).toBe(value);
};

describe('the stream of a session', () => {
  it('tells what its tool server says to that session, and nothing of another', async () => {
    const [mine, theirs] = [await started(), await started()];
    const [here, there] = [
      await listen(first.url, mine.session),
      await listen(second.url, theirs.session),
    ];
    expect(here.status).toBe(200);
    await isStreaming(mine.upstreamId);
    await isStreaming(theirs.upstreamId);
    upstream.push(mine.upstreamId, log('for me'));
    upstream.push(mine.upstreamId, { method: 'notifications/nothing-known', params: {} });
    upstream.push(mine.upstreamId, { method: 'notifications/tools/list_changed' });
    upstream.push(theirs.upstreamId, log('for them'));
    await expect.poll(() => here.messages.length).toBe(2);
    await expect.poll(() => there.messages.length).toBe(1);
    expect(here.messages).toMatchObject([
      { method: 'notifications/message', params: { data: 'for me' } },
      { method: 'notifications/tools/list_changed' },
    ]);
    expect(there.messages).toMatchObject([{ params: { data: 'for them' } }]);
  });

  it('is one over all gateways: a newer one takes its place, and the tool server’s with it', async () => {
    const { session, upstreamId } = await started();
    const old = await listen(first.url, session);
    await isStreaming(upstreamId);
    const replacing = await listen(second.url, session);
    await expect.poll(() => old.isOver()).toBe(true);
    await expect
      .poll(
        () => {
          upstream.push(upstreamId, log('again'));
          return replacing.messages.length;
        },
        { timeout: 15_000 },
      )
      .toBeGreaterThan(0);
    expect(old.messages).toEqual([]);
  });

  it('ends with its session, which another gateway ends', async () => {
    const { session, upstreamId } = await started();
    const stream = await listen(first.url, session);
    await isStreaming(upstreamId);
    await endSession(`${second.url}${PATH}`, token, session);
    await expect.poll(() => stream.isOver()).toBe(true);
    await expect.poll(() => upstream.streams.has(upstreamId)).toBe(false);
    expect((await listen(first.url, session)).status).toBe(404);
  });

  it('goes when its client goes, and the tool server’s with it', async () => {
    const { session, upstreamId } = await started();
    const stream = await listen(first.url, session);
    await isStreaming(upstreamId);
    stream.close();
    await expect.poll(() => upstream.streams.has(upstreamId)).toBe(false);
  });

  it('ends within a second of its agent’s suspension, and says nothing after', async () => {
    const { session, upstreamId } = await started();
    const stream = await listen(first.url, session);
    await isStreaming(upstreamId);
    await change('coder', 'suspended');
    try {
      await expect.poll(() => stream.isOver(), { timeout: 1_000 }).toBe(true);
      expect((await listen(first.url, session)).status).toBe(403);
    } finally {
      await change('coder', 'active');
      await isHeard();
    }
    expect(stream.messages).toEqual([]);
  });

  it('tells when the list of tools changed, and only then', async () => {
    const { session } = await started();
    const stream = await listen(first.url, session);
    await change('outsider', 'suspended');
    const server = await db.toolServer.findUniqueOrThrow({ where: { slug: 'everything' } });
    await isHeard();
    expect(stream.messages).toEqual([]);
    await createTestOrganisation(db).addTool(
      { serverId: server.id, name: 'added' },
      { inputSchema: { type: 'object' } },
    );
    await signEverything(db);
    await transaction(db, (tx) => bumpEpoch(tx));
    await expect
      .poll(() => stream.messages, { timeout: 10_000 })
      .toMatchObject([{ method: 'notifications/tools/list_changed' }]);
  });

  it('is nobody’s who may use no tool there: what the tool server says is not told', async () => {
    const outsider = await first.token('outsider');
    await change('outsider', 'active');
    await expect
      .poll(async () => (await ask(`${first.url}${PATH}`, outsider, 'ping')).status)
      .toBe(200);
    const before = upstream.sessions.size;
    const session = await openSession(`${first.url}${PATH}`, outsider);
    const stream = await listen(first.url, session, outsider);
    expect(stream.status).toBe(200);
    await expect.poll(async () => (await listen(first.url, session, token)).status).toBe(404);
    expect(upstream.sessions.size).toBe(before);
  });

  it('is asked for with the right Accept alone', async () => {
    const { session } = await started();
    for (const accept of ['application/json', 'text/event-stream;q=0']) {
      const headers = { ...headersOf(token, session), accept };
      expect((await fetch(`${first.url}${PATH}`, { headers })).status).toBe(406);
    }
  });
});
