import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { startGateway, type GatewayFixture } from './fixtures/gateway.fixture.js';
import { startLiveMcp, type LiveMcpFixture } from './fixtures/live-mcp.fixture.js';
import { postMcpCall } from './fixtures/mcp-caller.fixture.js';

let database: TestDatabase;
let mcp: LiveMcpFixture;
let gateway: GatewayFixture;
let superuser: pg.Client;

beforeAll(async () => {
  [database, mcp] = await Promise.all([createTestDatabase(), startLiveMcp('2025-11-25')]);
  gateway = await startGateway(database.appUrl, { mcpUrl: mcp.url });
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([mcp.stop(), superuser.end()]);
  await database.drop();
});

beforeEach(() => {
  mcp.onCall = (call) => call.end('"result":{"content":[]}');
});

const DIGITS = '9007199254740993.10';
const DATA = `{"uri":"file:///x","n":${DIGITS}}`;

const overMcp = async (version: '2025-11-25' | '2026-07-28', meta = {}, agent = 'coder') =>
  postMcpCall({
    url: `${gateway.url}/mcp/everything`,
    token: await gateway.token(agent),
    version,
    tool: 'echo',
    arguments: { message: 'x' },
    meta,
  });

const overRest = () =>
  gateway.call('coder', { server: 'everything', tool: 'echo', arguments: { message: 'x' } });

const entriesOf = async (callId: string | null): Promise<string[]> => {
  const { rows } = await superuser.query<{ data: { outcome?: string }; type: string }>(
    'SELECT type, data FROM ledger_entry WHERE call_id = $1 ORDER BY id',
    [callId],
  );
  return rows.map(({ type, data }) => data.outcome ?? type);
};

describe('an error that a tool server answers with', () => {
  it.each([-32002, -32602, -32021, -32042, -32603, -32000, 7])(
    'keeps its code (%i), its words and its data over MCP, in either era',
    async (code) => {
      mcp.onCall = (call) =>
        call.end(`"error":{"code":${code},"message":"its own words","data":${DATA}}`);
      const error = `"error":{"code":${code},"message":"its own words","data":${DATA}}`;
      for (const version of ['2025-11-25', '2026-07-28'] as const) {
        const response = await overMcp(version);
        expect(await response.text()).toContain(error);
        const isOfHttp = version === '2026-07-28' && code === -32021;
        expect(response.status).toBe(isOfHttp ? 400 : 200);
        const callId = response.headers.get('gatehouse-call-id');
        expect(await entriesOf(callId)).toEqual(['call.intent', 'tool_error']);
      }
    },
  );

  it.each([
    [-32602, 400],
    [-32002, 404],
    [-32603, 502],
  ])('keeps them in a problem document: %i with HTTP %i', async (code, status) => {
    mcp.onCall = (call) => call.end(`"error":{"code":${code},"message":"words","data":${DATA}}`);
    const response = await overRest();
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const body = await response.text();
    expect(body).toContain(`"toolError":{"code":${code},"message":"words","data":${DATA}}`);
    expect(JSON.parse(body)).toMatchObject({ code: 'tool_error', status });
  });

  it('stays ours where it is about how we ask: the tool was never reached', async () => {
    mcp.onCall = (call) => call.end('"error":{"code":-32601,"message":"no such method"}');
    const response = await overMcp('2025-11-25');
    expect(await response.json()).toMatchObject({ result: { isError: true } });
    const callId = response.headers.get('gatehouse-call-id');
    expect(await entriesOf(callId)).toEqual(['call.intent', 'upstream_error']);
  });
});

describe('an argument that makes no request to a REST service', () => {
  it('is named, in either adapter, and nothing is sent', async () => {
    const call = { server: 'helpdesk', tool: 'refund', arguments: { ticket: 'a/b', amount: 1 } };
    const rest = await gateway.call('coder', call);
    expect(rest.status).toBe(400);
    expect(await rest.json()).toMatchObject({
      code: 'invalid_arguments',
      detail: expect.stringContaining('The argument "ticket" is part of a path') as string,
    });
    const mcpAnswer = await postMcpCall({
      url: `${gateway.url}/mcp`,
      token: await gateway.token('coder'),
      version: '2025-11-25',
      tool: 'helpdesk__refund',
      arguments: call.arguments,
    });
    expect(await mcpAnswer.text()).toContain('The argument \\"ticket\\" is part of a path');
    expect(gateway.rest.seen).toEqual([]);
  });
});

describe('what an answer says about its decision', () => {
  it('is nothing to a model whose call went through, unless it was asked for', async () => {
    for (const version of ['2025-11-25', '2026-07-28'] as const) {
      expect(await (await overMcp(version)).text()).not.toContain('io.gatehouse');
      for (const other of [false, 'true', 1])
        expect(
          await (await overMcp(version, { 'io.gatehouse/decision': other })).text(),
        ).not.toContain('io.gatehouse');
      const asked = await overMcp(version, { 'io.gatehouse/decision': true });
      expect(await asked.json()).toMatchObject({
        result: { _meta: { 'io.gatehouse/decision': { effect: 'allow', outcome: 'succeeded' } } },
      });
    }
  });

  it('has the call’s id in a header, whatever became of the call', async () => {
    const isUuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
    const wrong = { server: 'everything', tool: 'echo', arguments: { nope: 1 } };
    const denied = { server: 'helpdesk', tool: 'delete_ticket', arguments: { ticket: 't' } };
    const answers = [
      await overRest(),
      await overMcp('2025-11-25'),
      await gateway.call('coder', wrong),
      await gateway.call('coder', denied),
      await overMcp('2025-11-25', {}, 'outsider'),
    ];
    for (const { headers } of answers) {
      expect(headers.get('gatehouse-call-id')).toEqual(isUuid);
      expect(await entriesOf(headers.get('gatehouse-call-id'))).not.toEqual([]);
    }
    const { headers } = await overMcp('2025-11-25', {}, 'nobody-we-know');
    expect(headers.get('gatehouse-call-id')).toBeNull();
  });
});
