import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import type { JsonObject } from '#libs/platform/kernel';
import { startGateway, type GatewayFixture } from './fixtures/gateway.fixture.js';
import { startRawMcp, type RawMcpFixture } from './fixtures/raw-mcp.fixture.js';

let database: TestDatabase;
let gateway: GatewayFixture;
let mcp: RawMcpFixture;
let superuser: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  mcp = await startRawMcp();
  gateway = await startGateway(database.appUrl, {
    mcpUrl: mcp.url,
    mcpTools: [
      ['pick', marked(PICK)],
      ['route', ROUTE],
    ],
  });
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
});

afterAll(async () => {
  await gateway.stop();
  await mcp.stop();
  await superuser.end();
  await database.drop();
});

beforeEach(() => {
  gateway.rest.seen.length = 0;
  gateway.rest.answer = null;
  mcp.calls.length = 0;
  mcp.type = 'application/json';
  mcp.result = '{"content":[]}';
});

const note = (data: string) =>
  gateway.call('coder', `{"server":"helpdesk","tool":"note","arguments":{"data":${data}}}`);

const rpc = async (message: string, path = '/mcp/everything') =>
  fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await gateway.token('coder')}`,
      'content-type': 'application/json',
    },
    body: message,
  });

const echo = (params = '{"name":"echo","arguments":{"message":"m"}}') =>
  rpc(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`);

// As discovery stores it.
const marked = (schema: string): JsonObject =>
  JSON.parse(
    schema.replace(/:?(\d{16,})/g, (text, digits: string) =>
      text.replace(digits, `{"x-gatehouse-exact-number":"${digits}"}`),
    ),
  ) as JsonObject;

// Its keys in the order in which the database keeps them.
const PICK =
  '{"type":"object","properties":{' +
  '"kind":{"enum":[1908736452817364529,2]},' +
  '"none":{"const":9007199254740993},' +
  '"count":{"type":"integer","default":18446744073709551615,"maximum":18446744073709551615,"minimum":0.0}}}';

const NUMBERS = [
  '1908736452817364529',
  '-9007199254740993',
  '9007199254740991.4',
  '0.1234567890123456789',
  '0.10000000000000001',
  '1e400',
  '5e-400',
  '1E2',
  '1.0',
  '-0',
];

describe('numbers of a call (G20)', () => {
  it.each([
    '1908736452817364529',
    '9007199254740991.4',
    '0.1234567890123456789',
    '1e400',
    '1e-400',
  ])('%s is rejected, in either adapter, and nothing is sent', async (number) => {
    const rest = await note(`[${number}]`);
    expect(rest.status).toBe(400);
    expect(await rest.text()).toContain('cannot be kept exactly');
    const answer = await echo(`{"name":"echo","arguments":{"message":${number}}}`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('cannot be kept exactly');
    expect([gateway.rest.seen, mcp.calls]).toEqual([[], []]);
  });

  it('that a double keeps are sent as the same numbers', async () => {
    expect((await note('[1.0,1E2,-0,0.30000000000000004,9007199254740991]')).status).toBe(200);
    expect(gateway.rest.seen[0]?.body).toBe(
      '{"text":"none","data":[1,100,0,0.30000000000000004,9007199254740991]}',
    );
  });
});

describe('numbers of an answer (G20)', () => {
  const list = `[${NUMBERS.join(',')}]`;

  it('arrive as they were sent: in structured content, content blocks and _meta of MCP', async () => {
    const content = `[{"type":"text","text":"t","_meta":{"n":${list}}}]`;
    mcp.result = `{"content":${content},"structuredContent":{"n":${list}},"_meta":{"n":${list}}}`;
    const answer = await (await echo()).text();
    expect(answer).toContain(`"content":${content}`);
    expect(answer).toContain(`"structuredContent":{"n":${list}}`);
    expect(answer).toContain(`"_meta":{"n":${list}}`);
  });

  it('arrive as they were sent: in an event stream', async () => {
    mcp.type = 'text/event-stream';
    mcp.result = `{"content":[],"structuredContent":{"n":${list}}}`;
    expect(await (await echo()).text()).toContain(`"structuredContent":{"n":${list}}`);
  });

  it('arrive as they were sent: from a REST service, in either adapter', async () => {
    gateway.rest.answer = { type: 'application/json', body: `{"n":${list}}` };
    const rest = await (await note('1')).text();
    expect(rest).toContain(`"structuredContent":{"n":${list}}`);
    expect(JSON.parse(rest)).toMatchObject({ content: [{ text: `{"n":${list}}` }] });
    const answer = await rpc(
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"note","arguments":{}}}',
      '/mcp/helpdesk',
    );
    expect(await answer.text()).toContain(`"structuredContent":{"n":${list}}`);
  });

  it('are in the ledger as they were sent', async () => {
    gateway.rest.answer = { type: 'application/json', body: `{"z":1,"n":${list}}` };
    const { id } = (await (await note('1')).json()) as { id: string };
    const { rows } = await superuser.query<{ content: string }>(
      `SELECT p.content FROM ledger_payload p JOIN ledger_entry e ON e.id = p.entry_id
       WHERE e.call_id = $1 AND p.name = 'result'`,
      [id],
    );
    expect(rows[0]?.content).toContain(`"structuredContent":{"n":${list},"z":1}`);
  });
});

describe('numbers of a definition (G20)', () => {
  it('are advertised with the digits that the tool server gave them', async () => {
    // Closed, as it is enforced (G19).
    const schema = PICK.replace('"minimum":0.0', '"minimum":0').replace(
      /}$/,
      ',"additionalProperties":false}',
    );
    const listed = await rpc('{"jsonrpc":"2.0","id":1,"method":"tools/list"}');
    expect(await listed.text()).toContain(`"inputSchema":${schema}`);
    const headers = { authorization: `Bearer ${await gateway.token('coder')}` };
    const rest = await fetch(`${gateway.url}/v1/tools?server=everything`, { headers });
    expect(await rest.text()).toContain(`"inputSchema":${schema}`);
  });

  it('cost no call that is valid by them, and no bound', async () => {
    const pick = (args: string) => echo(`{"name":"pick","arguments":${args}}`);
    const good = await pick('{"count":9007199254740991,"kind":2}');
    expect(await good.json()).toMatchObject({ result: { isError: false } });
    expect(mcp.calls[0]).toContain('"arguments":{"count":9007199254740991,"kind":2}');
    for (const bad of ['{"count":-1}', '{"kind":3}', '{"none":1}'])
      expect(await (await pick(bad)).json()).toMatchObject({ result: { isError: true } });
    expect(mcp.calls).toHaveLength(1);
  });
});

describe('characters of an answer', () => {
  const latin = Buffer.from('{"a":"\xe9"}', 'latin1');

  it.each(['utf-7', 'UTF-16', '"utf-16le"', 'iso-8859-1', 'utf-8; charset=utf-7'])(
    'in %s are passed on to nobody',
    async (charset) => {
      const type = `application/json; charset=${charset}`;
      gateway.rest.answer = { type, body: '{"a":"+ADw-script+AD4-"}' };
      const rest = await (await note('1')).text();
      expect(rest).not.toContain('ADw-');
      expect(rest).toContain('not in UTF-8');
      mcp.type = type;
      mcp.result = '{"content":[{"type":"text","text":"+ADw-"}]}';
      const answer = await (await echo()).text();
      expect(answer).not.toContain('ADw-');
      expect(answer).toContain('not in UTF-8');
    },
  );

  it('that are not the UTF-8 they are said to be are passed on to nobody', async () => {
    gateway.rest.answer = { type: 'application/json', body: latin };
    const rest = await (await note('1')).text();
    expect(rest).toContain('not in UTF-8');
    expect(rest).not.toContain('\ufffd');
  });

  it.each(['utf8', 'UTF-8', '"UTF-8"', '"utf8"'])('in %s arrive', async (charset) => {
    const type = `application/json; charset=${charset}`;
    gateway.rest.answer = { type, body: '{"a":"é"}' };
    expect(await (await note('1')).json()).toMatchObject({ structuredContent: { a: 'é' } });
  });
});

describe('a request', () => {
  it.each(['utf8', 'UTF8', 'utf-8', '"UTF-8"', '"utf8"'])(
    'in charset=%s is read',
    async (charset) => {
      const call = { server: 'helpdesk', tool: 'search_tickets', arguments: { q: 'é' } };
      const type = { 'content-type': `application/json; charset=${charset}` };
      expect((await gateway.call('coder', call, type)).status).toBe(200);
    },
  );

  it.each(['utf-7', 'UTF-7', 'utf-16', 'utf-16le', 'iso-8859-1', '', 'utf-8; charset=utf-7'])(
    'in charset=%s is rejected',
    async (charset) => {
      const call = { server: 'helpdesk', tool: 'search_tickets', arguments: { q: 'é' } };
      const type = { 'content-type': `application/json; charset=${charset}` };
      expect((await gateway.call('coder', call, type)).status).toBe(415);
      expect(gateway.rest.seen).toEqual([]);
    },
  );

  it('whose params or arguments are null has none', async () => {
    const listed = await rpc('{"jsonrpc":"2.0","id":1,"method":"tools/list","params":null}');
    expect(await listed.json()).toMatchObject({ result: { tools: expect.any(Array) as unknown } });
    const paged = await rpc(
      '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":null}}',
    );
    expect(await paged.json()).toMatchObject({ result: { tools: expect.any(Array) as unknown } });
    const rest = '{"server":"helpdesk","tool":"note","arguments":null}';
    expect((await gateway.call('coder', rest)).status).toBe(200);
    const called = await rpc(
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"note","arguments":null}}',
      '/mcp/helpdesk',
    );
    expect(await called.json()).toMatchObject({ result: { isError: false } });
    expect(gateway.rest.seen.map(({ body }) => body)).toEqual([
      '{"text":"none"}',
      '{"text":"none"}',
    ]);
  });
});

// In another argument's name, too, and beside a number.
const ROUTE: JsonObject = {
  type: 'object',
  properties: {
    region: { type: 'string', 'x-mcp-header': 'Region' },
    count: { type: 'integer', 'x-mcp-header': 'Count' },
    note: { type: 'string' },
  },
};

describe('headers that mirror arguments (G3)', () => {
  const route = async (args: string, headers: Record<string, string>, isModern = true) => {
    const meta = `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}`;
    const params = `{"name":"route","arguments":${args}${isModern ? `,${meta}` : ''}}`;
    const own = {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': 'route',
    };
    const response = await fetch(`${gateway.url}/mcp/everything`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await gateway.token('coder')}`,
        'content-type': 'application/json',
        ...(isModern ? own : {}),
        ...headers,
      },
      body: `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`,
    });
    return {
      status: response.status,
      body: (await response.json()) as { error?: { code: number } },
    };
  };

  it('are declared to clients as the tool server declares them', async () => {
    const listed = await rpc('{"jsonrpc":"2.0","id":1,"method":"tools/list"}');
    expect(await listed.text()).toContain('"x-mcp-header":"Region"');
  });

  it.each<[string, string, Record<string, string>]>([
    ['there', '{"region":"eu","count":7}', { 'mcp-param-region': 'eu', 'mcp-param-count': '7' }],
    ['encoded', '{"region":"zürich"}', { 'mcp-param-region': `=?base64?${Buffer.from('zürich').toString('base64')}?=` }],
    ['of a number in another spelling', '{"count":7}', { 'mcp-param-count': '7.0' }],
    ['of an argument that is not given', '{"note":"x"}', {}],
    ['not known to this tool', '{}', { 'mcp-param-other': 'x' }],
  ])('are true: %s', async (_, args, headers) => {
    expect((await route(args, headers)).body.error).toBeUndefined();
  }); // prettier-ignore

  it.each<[string, string, Record<string, string>]>([
    ['another value', '{"region":"eu"}', { 'mcp-param-region': 'us' }],
    ['another case', '{"region":"eu"}', { 'mcp-param-region': 'EU' }],
    ['a broken encoding', '{"region":"eu"}', { 'mcp-param-region': '=?base64?!?=' }],
    ['another number', '{"count":7}', { 'mcp-param-count': '8' }],
    ['no number', '{"count":0}', { 'mcp-param-count': '' }],
    ['no header', '{"region":"eu"}', {}],
    ['no argument', '{}', { 'mcp-param-region': 'eu' }],
  ])('are rejected, and nothing is sent: %s', async (_, args, headers) => {
    expect(await route(args, headers)).toMatchObject({ status: 400, body: { error: { code: -32_020 } } });
    expect(mcp.calls).toEqual([]);
  }); // prettier-ignore

  it('may be missing in older revisions, and are not false there either', async () => {
    expect((await route('{"region":"eu"}', {}, false)).body.error).toBeUndefined();
    expect(await route('{"region":"eu"}', { 'mcp-param-region': 'us' }, false)).toMatchObject({
      status: 400,
      body: { error: { code: -32_020 } },
    });
  });
});
