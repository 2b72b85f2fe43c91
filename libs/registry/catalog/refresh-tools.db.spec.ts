import { systemActor } from '#libs/platform/kernel';
import { beforeEach, describe, expect } from 'vitest';
import { itWithCatalog as it, type TestCatalog } from './catalog.fixture.js';

let catalog: TestCatalog;
let db: TestCatalog['db'];
let queries: TestCatalog['queries'];
let pin: TestCatalog['pin'];
let refreshTools: TestCatalog['refreshTools'];
let says: TestCatalog['says'];
let origin: TestCatalog['origin'];
let actor: TestCatalog['actor'];
let addServer: TestCatalog['addServer'];
let discover: TestCatalog['discover'];
let newestEntry: TestCatalog['newestEntry'];

it.beforeAll(async ({ shared }) => {
  catalog = shared;
  ({ db, queries, pin, refreshTools, says, origin, actor, addServer, discover, newestEntry } =
    catalog);
});
beforeEach(() => catalog.reset());

describe('discovering again', () => {
  const again = (id: string, over: object = {}) =>
    refreshTools.execute(actor, { id, reason: 'it is up now', ...over });

  it('gets a tool server that failed out of its dead end', async () => {
    says.isDown = true;
    const id = await addServer();
    await discover(id);
    says.isDown = false;
    const before = await db.outbox.count();
    await again(id);
    expect(await queries.getServer(actor, id)).toMatchObject({
      state: 'discovering',
      stateReason: null,
    });
    expect(await db.outbox.count()).toBe(before + 1);
    await discover(id);
    expect(await queries.getServer(actor, id)).toMatchObject({ state: 'ready', toolCount: 3 });
    const { entry, words } = await newestEntry('refresh-tools');
    expect(entry.data).toMatchObject({ facts: { from: 'failed', to: 'discovering' } });
    expect(words).toContain('it is up now');
  });

  it('takes a new address while nothing is pinned', async () => {
    const id = await addServer({ url: `${origin}/openapi.json` });
    await discover(id);
    expect((await queries.getServer(actor, id)).state).toBe('failed');
    await again(id, { url: `${origin}/mcp` });
    await discover(id);
    const server = await queries.getServer(actor, id);
    expect(server).toMatchObject({ state: 'ready', url: `${origin}/mcp` });
  });

  it('takes a new address of the OpenAPI document', async () => {
    const openapiUrl = `${origin}/elsewhere.json`;
    const id = await addServer({ kind: 'rest', url: origin, openapiUrl });
    await discover(id);
    expect((await queries.getServer(actor, id)).state).toBe('failed');
    await again(id, { openapiUrl: `${origin}/openapi.json` });
    await discover(id);
    expect(await queries.getServer(actor, id)).toMatchObject({ state: 'ready', toolCount: 1 });
  });

  it('takes nothing from the address that it had before', async () => {
    const id = await addServer({ url: `${origin}/old` });
    await again(id, { url: `${origin}/mcp` });
    const late = { found: false, serverId: id, url: `${origin}/old`, reason: 'not there' };
    await pin.execute(systemActor('worker'), late);
    expect(await queries.getServer(actor, id)).toMatchObject({
      state: 'discovering',
      stateReason: null,
    });
  });

  it('rejects a new address where tools are pinned, and without one leaves them callable', async () => {
    const id = await addServer();
    await discover(id);
    await expect(again(id, { url: `${origin}/elsewhere` })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('its address cannot be changed') as string,
    });
    await again(id);
    expect(await queries.getServer(actor, id)).toMatchObject({
      state: 'ready',
      toolCount: 3,
      url: `${origin}/mcp`,
    });
  });

  it.each([
    ['an address out of bounds', { url: 'http://10.0.0.1/mcp' }, 'url'],
    ['a document of an MCP server', { openapiUrl: 'http://127.0.0.1/o.json' }, 'openapiUrl'],
  ])('rejects %s and says where', async (_, over, path) => {
    const id = await addServer();
    await expect(again(id, over)).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ path }],
    });
  });

  it('is for those who register tool servers', async () => {
    const id = await addServer();
    await expect(
      refreshTools.execute(await catalog.addPerson('security'), { id, reason: 'I want to' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
