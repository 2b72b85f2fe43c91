import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { commandNames, CommandRuntime } from '#libs/commands';
import { Database, readEpoch } from '#libs/db';
import { newId, systemActor, systemClock, type Actor, type Json } from '#libs/kernel';
import { CommandWriter } from '#libs/ledger';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { createOutbound, type Outbound } from '#libs/upstream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  catalogCommands,
  CatalogQueries,
  loadToolFacts,
  PinTools,
  RegisterToolServer,
  ToolDiscovery,
  toolDetailSchema,
  toolSchema,
  toolServerSchema,
} from './index.js';
import { listToolServersQuerySchema, listToolsQuerySchema } from './catalog.schemas.js';

const SCHEMA = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };

let database: TestDatabase;
let db: Database;
let writer: CommandWriter;
let outbound: Outbound;
let register: RegisterToolServer;
let pin: PinTools;
let discovery: ToolDiscovery;
let queries: CatalogQueries;
let upstream: Server;
let origin: string;
let actor: Actor;
const teamId = newId();

/** What the tool server says, changed by each test. */
let mcpTools: Json[] = [];
let document: Json = {};
let isDown = false;

// As much of an MCP server (2025-11-25) and of a REST service as discovery needs.
const answer = (url: string, body: string): { status: number; json: Json | undefined } => {
  if (isDown) return { status: 503, json: { error: 'down' } };
  if (url === '/openapi.json') return { status: 200, json: document };
  const { id, method } = JSON.parse(body === '' ? '{}' : body) as { id?: Json; method?: string };
  if (id === undefined) return { status: 202, json: undefined };
  const reply = (result: Json) => ({ status: 200, json: { jsonrpc: '2.0', id, result } });
  if (method === 'tools/list') return reply({ tools: mcpTools });
  if (method === 'initialize') {
    const serverInfo = { name: 'spec', version: '1' };
    return reply({ protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo });
  }
  const error = { code: -32601, message: 'Method not found' };
  return { status: 200, json: { jsonrpc: '2.0', id, error } };
};

let count = 0;
const serverInput = (over: object = {}) => ({
  slug: `server-${(count += 1)}`,
  name: 'A server',
  kind: 'mcp' as const,
  url: `${origin}/mcp`,
  ownerId: actor.id,
  teamId,
  ...over,
});

const addServer = async (over: object = {}): Promise<string> =>
  (await register.execute(actor, serverInput(over))).id;

const discover = (serverId: string, lastAttempt = true) =>
  discovery.handle({ payload: { serverId }, attempt: 1, lastAttempt });

const listTools = (serverId: string) =>
  queries.listTools(listToolsQuerySchema.parse({ serverId, order: 'asc' }));

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  const link = { url: database.appUrl, writer: 'worker' as const, boot: newId() };
  writer = new CommandWriter(link, [...commandNames(catalogCommands)]);
  outbound = createOutbound({ allow: ['127.0.0.0/8'] });
  const runtime = new CommandRuntime(db, writer, systemClock);
  register = new RegisterToolServer(runtime, outbound);
  pin = new PinTools(runtime);
  discovery = new ToolDiscovery(db, outbound, pin);
  queries = new CatalogQueries(db);
  upstream = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { status, json } = answer(request.url ?? '', body);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(json === undefined ? '' : JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  const id = newId();
  await db.person.create({
    data: {
      id,
      issuer: 'https://idp.test',
      subject: id,
      email: 'it@example.test',
      name: 'It',
      createdAt: new Date(),
    },
  });
  actor = { kind: 'person', id, name: 'It', roles: ['it'], teamIds: [] };
  await db.team.create({ data: { id: teamId, name: 'engineering' } });
});

beforeEach(() => {
  isDown = false;
  mcpTools = [
    {
      name: 'look',
      title: 'Look',
      description: 'Looks.',
      inputSchema: SCHEMA,
      annotations: { readOnlyHint: true },
    },
    { name: 'change', inputSchema: SCHEMA },
    { name: 'erase', inputSchema: SCHEMA, annotations: { destructiveHint: true } },
  ];
  document = {
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    paths: {
      '/notes/{note}': {
        get: {
          operationId: 'get_note',
          parameters: [{ name: 'note', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { 200: { description: 'ok' } },
        },
      },
      '/files': {
        post: {
          operationId: 'upload',
          requestBody: { content: { 'multipart/form-data': { schema: { type: 'object' } } } },
          responses: { 200: { description: 'ok' } },
        },
      },
    },
  };
});

afterAll(async () => {
  await writer.stop();
  await outbound.close();
  await db.$disconnect();
  await database.drop();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
});

describe('registering a tool server', () => {
  it('leaves it discovering, with the discovery in the outbox', async () => {
    const id = await addServer();
    const view = toolServerSchema.parse(await queries.getServer(actor, id));
    expect(view).toMatchObject({ state: 'discovering', toolCount: 0, url: `${origin}/mcp` });
    const jobs = await db.outbox.findMany({ where: { name: 'catalog.discover-tools' } });
    expect(jobs.map((job) => job.payload)).toContainEqual({ serverId: id });
  });

  it.each([
    ['an address out of bounds', { url: 'http://10.0.0.1/mcp' }, 'url'],
    ['a metadata address', { url: 'http://169.254.169.254/' }, 'url'],
    ['an address that is no http', { url: 'file:///etc/passwd' }, 'url'],
    ['a password in the address', { url: 'http://a:b@x.test/' }, 'url'],
    ['a REST service without a document', { kind: 'rest' }, 'openapiUrl'],
    ['an MCP server with a document', { openapiUrl: 'http://x.test/' }, 'openapiUrl'],
    [
      'a document out of bounds',
      { kind: 'rest', openapiUrl: 'http://192.168.1.1/openapi.json' },
      'openapiUrl',
    ],
    ['a slug with capitals', { slug: 'Server' }, 'slug'],
    ['an owner who does not exist', { ownerId: newId() }, 'ownerId'],
    ['a team that does not exist', { teamId: newId() }, 'teamId'],
  ])('refuses %s and says where', async (_, over, path) => {
    const before = await db.toolServer.count();
    await expect(register.execute(actor, serverInput(over))).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ path }],
    });
    expect(await db.toolServer.count()).toBe(before);
  });

  it('gives a slug once', async () => {
    const input = serverInput();
    await register.execute(actor, input);
    await expect(register.execute(actor, input)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('discovering tools', () => {
  it("pins an MCP server's tools, classified by their annotations, and moves the epoch", async () => {
    const id = await addServer();
    const before = await readEpoch(db);
    await discover(id);
    expect(await readEpoch(db)).toBe(before + 1n);
    expect(await queries.getServer(actor, id)).toMatchObject({
      state: 'ready',
      stateReason: null,
      toolCount: 3,
    });
    const { items, total } = await listTools(id);
    expect(total).toBe(3);
    expect(items.map((tool) => [tool.name, tool.classification])).toEqual([
      ['change', 'write'],
      ['erase', 'destructive'],
      ['look', 'read'],
    ]);
    for (const item of items) toolSchema.parse(item);
    const detail = await queries.getTool(actor, items[2]?.id ?? '');
    expect(toolDetailSchema.parse(detail)).toMatchObject({
      title: 'Look',
      inputSchema: SCHEMA,
      operation: null,
    });
    expect(await loadToolFacts(db)).toContainEqual(
      expect.objectContaining({ name: 'look', annotations: { readOnlyHint: true } }),
    );
  });

  it("pins a REST service's operations with the way to call them, and says what it left out", async () => {
    const id = await addServer({
      kind: 'rest',
      url: origin,
      openapiUrl: `${origin}/openapi.json`,
    });
    await discover(id);
    const server = await queries.getServer(actor, id);
    expect(server).toMatchObject({ state: 'ready', toolCount: 1 });
    expect(server.stateReason).toContain('paths./files.post');
    const [tool] = (await listTools(id)).items;
    expect(await queries.getTool(actor, tool?.id ?? '')).toMatchObject({
      name: 'get_note',
      operation: { method: 'GET', path: '/notes/{note}' },
    });
    expect((await db.toolServer.findUniqueOrThrow({ where: { id } })).openapi).toEqual({
      url: `${origin}/openapi.json`,
      document,
    });
  });

  it('pins nothing of a tool whose schema is refused, and keeps the reason', async () => {
    mcpTools.push({ name: 'hostile', inputSchema: { type: 'object', $ref: 'http://x.test/' } });
    const id = await addServer();
    await discover(id);
    const server = await queries.getServer(actor, id);
    expect(server).toMatchObject({ state: 'ready', toolCount: 3 });
    expect(server.stateReason).toMatch(/^1 not pinned\. hostile: its input schema is refused/);
  });

  it('pins the others when a definition has no canonical form', async () => {
    mcpTools.push({ name: 'half', description: '\ud800', inputSchema: SCHEMA });
    const id = await addServer();
    await discover(id);
    const server = await queries.getServer(actor, id);
    expect(server).toMatchObject({ state: 'ready', toolCount: 3 });
    expect(server.stateReason).toBe(
      '1 not pinned. half: its definition holds a character or number that cannot be stored',
    );
  });

  it('changes nothing that is pinned when it runs again', async () => {
    const id = await addServer();
    await discover(id);
    const before = await listTools(id);
    await discover(id);
    expect(await listTools(id)).toEqual(before);
    expect(await queries.getServer(actor, id)).toMatchObject({ state: 'ready', stateReason: null });
  });

  it('does not take over a definition that differs by one byte, nor a new tool', async () => {
    const id = await addServer();
    await discover(id);
    const before = await listTools(id);
    mcpTools = [
      { name: 'change', description: '!', inputSchema: SCHEMA },
      { name: 'new', inputSchema: SCHEMA },
    ];
    await discover(id);
    expect(await listTools(id)).toEqual(before);
    const { stateReason } = await queries.getServer(actor, id);
    expect(stateReason).toContain('change: its definition differs from the pinned one');
    expect(stateReason).toContain('new: it is new since the tools were pinned');
  });

  it('waits for another attempt while there is one, then fails in words', async () => {
    isDown = true;
    const id = await addServer();
    await expect(discover(id, false)).rejects.toThrow('503');
    expect(await queries.getServer(actor, id)).toMatchObject({ state: 'discovering' });
    await discover(id, true);
    const server = await queries.getServer(actor, id);
    expect(server.state).toBe('failed');
    expect(server.stateReason).toMatch(/503/);
    isDown = false;
    await discover(id);
    expect(await queries.getServer(actor, id)).toMatchObject({ state: 'ready', toolCount: 3 });
  });

  it('does not try again what the same document will say again', async () => {
    document = { swagger: '2.0' };
    const id = await addServer({ kind: 'rest', url: origin, openapiUrl: `${origin}/openapi.json` });
    await discover(id, false);
    expect(await queries.getServer(actor, id)).toMatchObject({
      state: 'failed',
      stateReason: expect.stringContaining('not OpenAPI 3.0 or 3.1') as string,
    });
  });

  it('keeps what was pinned when the tool server is away later', async () => {
    const id = await addServer();
    await discover(id);
    isDown = true;
    await discover(id);
    expect(await queries.getServer(actor, id)).toMatchObject({ state: 'ready', toolCount: 3 });
  });

  it('refuses more than 1,000 tools', async () => {
    mcpTools = Array.from({ length: 1001 }, (_, n) => ({ name: `t${n}`, inputSchema: SCHEMA }));
    const id = await addServer();
    await discover(id);
    expect(await queries.getServer(actor, id)).toMatchObject({
      state: 'failed',
      toolCount: 0,
      stateReason: expect.stringContaining('at most 1000') as string,
    });
  });

  it('pins 1,000 tools', async () => {
    mcpTools = Array.from({ length: 1000 }, (_, n) => ({ name: `t${n}`, inputSchema: SCHEMA }));
    const id = await addServer();
    await discover(id);
    expect(await queries.getServer(actor, id)).toMatchObject({ state: 'ready', toolCount: 1000 });
  });

  it('is nothing that a person can do directly', async () => {
    const serverId = await addServer();
    const input = { found: true, serverId, tools: [], refused: [], document: null };
    await expect(pin.execute(actor, input)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(pin.execute(systemActor('worker'), input)).resolves.toEqual({ pinned: 0 });
  });

  it('ends quietly for a tool server that is gone', async () => {
    await expect(discover(newId())).resolves.toBeUndefined();
  });
});

describe('reading the catalogue', () => {
  it('filters tool servers', async () => {
    const id = await addServer({ name: 'Quite_special 50%' });
    const page = await queries.listServers(
      listToolServersQuerySchema.parse({ q: 'e_special 50%' }),
    );
    expect(page.items.map((server) => server.id)).toEqual([id]);
    const none = await queries.listServers(
      listToolServersQuerySchema.parse({ q: 'Quite%special' }),
    );
    expect(none.total).toBe(0);
    const rest = await queries.listServers(
      listToolServersQuerySchema.parse({ kind: 'rest', perPage: 100 }),
    );
    expect(new Set(rest.items.map((server) => server.kind))).toEqual(new Set(['rest']));
  });

  it('knows nothing of ids that do not exist', async () => {
    await expect(queries.getServer(actor, newId())).rejects.toMatchObject({ code: 'not_found' });
    await expect(queries.getTool(actor, newId())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('shows one thing to nobody without a role', async () => {
    const nobody: Actor = { kind: 'person', id: actor.id, name: 'N', roles: [], teamIds: [] };
    await expect(queries.getServer(nobody, await addServer())).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
