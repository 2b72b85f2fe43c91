import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { bumpEpoch, Database, transaction, type Tx } from '#libs/platform/db';
import { startGateway, type GatewayFixture } from './fixtures/gateway.fixture.js';
import { startRawMcp, type RawMcpFixture } from './fixtures/raw-mcp.fixture.js';
import { signEverything } from './fixtures/sign-everything.fixture.js';

let database: TestDatabase;
let db: Database;
let gateway: GatewayFixture;
let mcp: RawMcpFixture;

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.ownerUrl);
  mcp = await startRawMcp();
  gateway = await startGateway(database.appUrl, { mcpUrl: mcp.url });
});

afterAll(async () => {
  await gateway.stop();
  await mcp.stop();
  await db.$disconnect();
  await database.drop();
});

beforeEach(() => {
  mcp.calls.length = 0;
  mcp.result = '{"content":[]}';
});

const ECHO = { name: 'echo', server: { slug: 'everything' } };

/** Changes rows as a command would: signed, and with the epoch moved. */
const change = async (work: (tx: Tx) => Promise<unknown>) => {
  await transaction(db, async (tx) => {
    await work(tx);
    await signEverything(tx);
    await bumpEpoch(tx, 'registry');
  });
};

const changeEcho = (data: object) => change((tx) => tx.tool.updateMany({ where: ECHO, data }));

type Era = 'legacy' | 'modern';

const MODERN_META = {
  _meta: {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
  },
};

const rpc = async (era: Era, method: string, params: { name?: string; [key: string]: unknown }) => {
  const modern = {
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': method,
    ...(params.name === undefined ? {} : { 'mcp-name': params.name }),
  };
  const response = await fetch(`${gateway.url}/mcp/everything`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await gateway.token('coder')}`,
      'content-type': 'application/json',
      ...(era === 'modern' ? modern : {}),
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method,
      params: { ...params, ...(era === 'modern' ? MODERN_META : {}) },
    }),
  });
  const { result } = (await response.json()) as { result: Record<string, unknown> };
  return result;
};

const listed = async (era: Era): Promise<Record<string, unknown> | undefined> => {
  const { tools } = await rpc(era, 'tools/list', {});
  return (tools as Record<string, unknown>[]).find(({ name }) => name === 'echo');
};

const echo = (era: Era = 'legacy') =>
  rpc(era, 'tools/call', { name: 'echo', arguments: { message: 'm' } });

describe('a definition is handed on in full', () => {
  const shown = {
    icons: [{ src: 'https://x.test/a.png', mimeType: 'image/png' }],
    _meta: { 'ui/resourceUri': 'ui://x' },
    execution: { taskSupport: 'optional' },
  };
  const outputSchema = { type: 'object', properties: { said: { type: 'string' } } };

  it.each<Era>(['legacy', 'modern'])(
    'with everything that clients know, to a %s one',
    async (era) => {
      await changeEcho({ outputSchema, otherFields: { ...shown, unknown: 1 } });
      expect(await listed(era)).toMatchObject({ ...shown, outputSchema });
      expect(await listed(era)).not.toHaveProperty('unknown');
    },
  );

  it('with an output schema of any JSON to those who know that', async () => {
    await changeEcho({ outputSchema: { type: 'array', items: { type: 'number' } } });
    expect(await listed('legacy')).not.toHaveProperty('outputSchema');
    expect(await listed('modern')).toMatchObject({ outputSchema: { type: 'array' } });
  });

  it.each(['[1,2]', '"said"', '0', 'false', 'null'])(
    'and structured content that is %s, as text to older clients',
    async (json) => {
      mcp.result = `{"content":[],"structuredContent":${json}}`;
      expect(await echo('modern')).toMatchObject({
        structuredContent: JSON.parse(json) as unknown,
        content: [],
      });
      const older = await echo('legacy');
      expect(older).toMatchObject({ content: [{ type: 'text', text: json }] });
      expect(older).not.toHaveProperty('structuredContent');
    },
  );
});

describe('a tool that is not as people pinned it', () => {
  const AS_PINNED = { isOffered: true, isTakenOver: true, offeredDigest: null };
  const CHANGED = { ...AS_PINNED, offeredDigest: 'd'.repeat(64) };
  const setting = (onChangedDefinition: 'block' | 'keep') =>
    change((tx) =>
      tx.toolServer.updateMany({ where: { slug: 'everything' }, data: { onChangedDefinition } }),
    );
  const decisionOf = ({ _meta }: Record<string, unknown>) =>
    Object.values(_meta as Record<string, unknown>)[0];

  beforeEach(() => changeEcho(AS_PINNED));
  afterEach(() => setting('block'));

  it.each([
    ['changed', CHANGED, /offers another definition/, true],
    ['was not taken over', { ...AS_PINNED, isTakenOver: false }, /Nobody has taken over/, false],
    ['was removed', { ...AS_PINNED, isOffered: false }, /does not offer this tool/, false],
  ])('is not called when it %s, and the denial says why', async (_, state, reason, isShown) => {
    expect(await echo()).toMatchObject({ isError: false });
    await changeEcho(state);
    const denied = await echo();
    expect(denied).toMatchObject({ isError: true });
    expect(decisionOf(denied)).toMatchObject({
      effect: 'deny',
      code: 'tool_blocked',
      reason: expect.stringMatching(reason) as string,
      remedy: expect.any(String) as string,
    });
    expect(mcp.calls).toHaveLength(1);
    expect((await listed('legacy')) !== undefined).toBe(isShown);
    await changeEcho(AS_PINNED);
    expect(await echo()).toMatchObject({ isError: false });
  });

  it('stays in use as pinned where the tool server’s setting says so, and only if it changed', async () => {
    await setting('keep');
    await changeEcho(CHANGED);
    expect(await echo()).toMatchObject({ isError: false });
    await changeEcho({ ...CHANGED, isTakenOver: false });
    expect(await echo()).toMatchObject({ isError: true });
  });

  it.each([
    ['the tool', 'UPDATE tool SET offered_digest = NULL'],
    ['the setting', `UPDATE tool_server SET on_changed_definition = 'keep'`],
  ])('is not called by somebody else’s change of %s', async (_, sql) => {
    await changeEcho(CHANGED);
    await transaction(db, async (tx) => {
      await tx.$executeRawUnsafe(sql);
      await bumpEpoch(tx, 'registry');
    });
    mcp.calls.length = 0;
    await echo().catch(() => undefined);
    expect(mcp.calls).toEqual([]);
  });
});
