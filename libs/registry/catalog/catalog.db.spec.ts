import { createHash } from 'node:crypto';
import { readEpoch } from '#libs/platform/db';
import { newId, systemActor, type Actor } from '#libs/platform/kernel';
import { beforeEach, describe, expect } from 'vitest';
import { itWithCatalog as it, SCHEMA, type TestCatalog } from './catalog.fixture.js';
import { listToolServersQuerySchema } from './catalog.schemas.js';
import { loadToolFacts, toolDetailSchema, toolSchema, toolServerSchema } from './index.js';

let catalog: TestCatalog;
let db: TestCatalog['db'];
let queries: TestCatalog['queries'];
let register: TestCatalog['register'];
let pin: TestCatalog['pin'];
let says: TestCatalog['says'];
let origin: TestCatalog['origin'];
let actor: TestCatalog['actor'];
let serverInput: TestCatalog['serverInput'];
let addServer: TestCatalog['addServer'];
let discover: TestCatalog['discover'];
let listTools: TestCatalog['listTools'];

it.beforeAll(async ({ shared }) => {
  catalog = shared;
  ({
    db,
    queries,
    register,
    pin,
    says,
    origin,
    actor,
    serverInput,
    addServer,
    discover,
    listTools,
  } = catalog);
});
beforeEach(() => catalog.reset());

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
  ])('rejects %s and says where', async (_, over, path) => {
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
  it("pins an MCP server's tools, none as a read whatever it claims, and moves the epoch", async () => {
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
      ['change', 'destructive'],
      ['erase', 'destructive'],
      ['look', 'write'],
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
      // A GET is the service's own claim.
      annotations: { readOnlyHint: true },
      classification: 'write',
      classifiedAt: null,
    });
    expect((await db.toolServer.findUniqueOrThrow({ where: { id } })).openapi).toEqual({
      url: `${origin}/openapi.json`,
      documentDigest: createHash('sha256').update(JSON.stringify(says.document)).digest('hex'),
    });
  });

  it('pins nothing of a tool whose schema is rejected, and keeps the reason', async () => {
    says.tools.push({ name: 'hostile', inputSchema: { type: 'object', required: 'a' } });
    const id = await addServer();
    await discover(id);
    const server = await queries.getServer(actor, id);
    expect(server).toMatchObject({ state: 'ready', toolCount: 3 });
    expect(server.stateReason).toMatch(/^1 not pinned\. hostile: its input schema is rejected/);
    expect(server.leftOut).toEqual([
      {
        name: 'hostile',
        reason: expect.stringMatching(/^its input schema is rejected: /) as string,
      },
    ]);
  });

  it('lists every tool that is left out with its reason, also where the state names ten', async () => {
    const bad = Array.from({ length: 40 }, (_, index) => `bad ${index}`);
    says.tools.push(...bad.map((name) => ({ name, inputSchema: SCHEMA })));
    const id = await addServer();
    await discover(id);
    const reason = 'its name has characters other than letters, digits and _ . -';
    const expected = bad.map((name) => ({ name, reason }));
    expect((await queries.getServer(actor, id)).leftOut).toEqual(expected);
    says.isDown = true;
    await discover(id);
    expect((await queries.getServer(actor, id)).leftOut).toEqual(expected);
    says.isDown = false;
    says.tools = [...says.tools.slice(0, 3), { name: 'new one', inputSchema: SCHEMA }];
    await discover(id);
    expect((await queries.getServer(actor, id)).leftOut).toEqual([{ name: 'new one', reason }]);
  });

  it('pins the others when a definition has no canonical form', async () => {
    says.tools.push({ name: 'half', description: '\ud800', inputSchema: SCHEMA });
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
    says.tools = [
      { name: 'change', description: '!', inputSchema: SCHEMA },
      { name: 'new', inputSchema: SCHEMA },
    ];
    await discover(id);
    const { items } = await listTools(id);
    expect(items.map(({ name, state }) => [name, state])).toEqual([
      ['change', 'changed'],
      ['erase', 'removed'],
      ['look', 'removed'],
      ['new', 'new'],
    ]);
    const [change, ...removed] = before.items;
    const offeredDigest = expect.any(String) as string;
    expect(items.filter(({ state }) => state !== 'new')).toEqual([
      { ...change, state: 'changed', offeredDigest },
      ...removed.map((item) => ({ ...item, state: 'removed', isOffered: false })),
    ]);
  });

  it('waits for another attempt while there is one, then fails in words', async () => {
    says.isDown = true;
    const id = await addServer();
    await expect(discover(id, false)).rejects.toThrow('503');
    expect(await queries.getServer(actor, id)).toMatchObject({
      state: 'discovering',
      stateReason: expect.stringContaining('503') as string,
    });
    await discover(id, true);
    const server = await queries.getServer(actor, id);
    expect(server.state).toBe('failed');
    expect(server.stateReason).toMatch(/503/);
    says.isDown = false;
    await discover(id);
    expect(await queries.getServer(actor, id)).toMatchObject({ state: 'ready', toolCount: 3 });
  });

  it('does not try again what the same document will say again', async () => {
    says.document = { swagger: '1.2' };
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
    says.isDown = true;
    await discover(id);
    expect(await queries.getServer(actor, id)).toMatchObject({ state: 'ready', toolCount: 3 });
  });

  it('rejects more than 2,000 tools', async () => {
    says.tools = Array.from({ length: 2001 }, (_, n) => ({ name: `t${n}`, inputSchema: SCHEMA }));
    const id = await addServer();
    await discover(id);
    expect(await queries.getServer(actor, id)).toMatchObject({
      state: 'failed',
      toolCount: 0,
      stateReason: expect.stringContaining('at most 2000') as string,
    });
  });

  it('pins as many tools as the GitHub API has operations', async () => {
    says.tools = Array.from({ length: 1223 }, (_, n) => ({ name: `t${n}`, inputSchema: SCHEMA }));
    const id = await addServer();
    await discover(id);
    expect(await queries.getServer(actor, id)).toMatchObject({ state: 'ready', toolCount: 1223 });
  });

  it('is nothing that a person can do directly', async () => {
    const serverId = await addServer();
    const url = `${origin}/mcp`;
    const input = { found: true, serverId, url, tools: [], rejected: [], documentDigest: null };
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
