import { readEpoch } from '#libs/platform/db';
import type { PersonActor } from '#libs/dev/testing';
import type { Json } from '#libs/platform/kernel';
import { beforeEach, describe, expect } from 'vitest';
import { itWithCatalog as it, SCHEMA, type TestCatalog } from './catalog.fixture.js';
import { listToolsQuerySchema } from './catalog.schemas.js';
import { toolDetailSchema, toolServerDetailSchema } from './index.js';

let catalog: TestCatalog;
let db: TestCatalog['db'];
let queries: TestCatalog['queries'];
let says: TestCatalog['says'];
let actor: TestCatalog['actor'];
let addServer: TestCatalog['addServer'];
let discover: TestCatalog['discover'];
let security: PersonActor;

it.beforeAll(async ({ shared }) => {
  catalog = shared;
  ({ db, queries, says, actor, addServer, discover } = catalog);
  security = await catalog.addPerson('security');
});
beforeEach(() => catalog.reset());

const tool = (over: object = {}) => ({ name: 'look', inputSchema: SCHEMA, ...over }) as Json;

/** A tool server that offered one tool, and now offers these. */
const withOffer = async (...offered: Json[]) => {
  says.tools = [tool()];
  const id = await addServer();
  await discover(id);
  says.tools = offered;
  await discover(id);
  return id;
};

const toolsOf = async (serverId: string) => {
  const query = listToolsQuerySchema.parse({ serverId, order: 'asc' });
  const { items } = await queries.listTools(query);
  return Promise.all(items.map(({ id }) => queries.getTool(actor, id)));
};

const onlyToolOf = async (serverId: string) => {
  const [only] = await toolsOf(serverId);
  if (only === undefined) throw new Error('there is no tool');
  return toolDetailSchema.parse(only);
};

const alertsOf = (subjectId: string) =>
  db.alert.findMany({ where: { subjectId, kind: 'tool_definition_changed' } });

const takeOver = (id: string, tools: { id: string; offeredDigest: string | null }[]) =>
  catalog.takeOverTools.execute(security, {
    id,
    tools: tools.map((one) => ({ id: one.id, definitionDigest: one.offeredDigest ?? '' })),
    reason: 'we read it',
  });

describe('a definition that changed', () => {
  it.each<[string, object]>([
    ['title', { title: 'T' }],
    ['description', { description: '!' }],
    ['inputSchema', { inputSchema: { ...SCHEMA, title: '' } }],
    ['outputSchema', { outputSchema: { type: 'object' } }],
    ['annotations', { annotations: { readOnlyHint: true } }],
    ['icons', { icons: [{ src: 'https://x.test/i.png' }] }],
    ['_meta', { _meta: { a: 1 } }],
    ['execution', { execution: { taskSupport: 'optional' } }],
    ['unknown', { unknown: 1 }],
  ])('stands beside the pinned one, with the difference: %s', async (field, over) => {
    const id = await withOffer(tool(over));
    const changed = await onlyToolOf(id);
    expect(changed).toMatchObject({ state: 'changed', title: null, description: null });
    expect(changed.offeredDigest).not.toBe(changed.definitionDigest);
    expect(changed.difference.map((one) => one.field)).toEqual([field]);
    expect(changed.difference[0]?.offered).toEqual((over as Record<string, unknown>)[field]);
  });

  it('raises one alert, and one more for another change', async () => {
    const id = await withOffer(tool({ title: 'One' }));
    await discover(id);
    expect(await alertsOf(id)).toHaveLength(1);
    says.tools = [tool({ title: 'Two' })];
    await discover(id);
    const alerts = await alertsOf(id);
    expect(alerts).toHaveLength(2);
    expect(alerts[0]?.message).toMatch(/offers another definition of look\. Calls are denied/);
  });

  it('is pinned again when it comes back as it was', async () => {
    const id = await withOffer(tool({ title: 'Other' }));
    says.tools = [tool()];
    await discover(id);
    expect(await onlyToolOf(id)).toMatchObject({ state: 'pinned', difference: [] });
  });

  it('is taken over by security, with all that follows from it', async () => {
    const definition = { title: 'Other', icons: [], outputSchema: { type: 'object' } };
    const id = await withOffer(tool({ ...definition, annotations: { destructiveHint: true } }));
    const before = await onlyToolOf(id);
    const epoch = await readEpoch(db);
    await takeOver(id, [before]);
    expect(await onlyToolOf(id)).toMatchObject({
      state: 'pinned',
      title: 'Other',
      outputSchema: { type: 'object' },
      otherFields: { icons: [] },
      annotations: { destructiveHint: true },
      classification: 'destructive',
      definitionDigest: before.offeredDigest,
      offeredDigest: null,
      difference: [],
    });
    expect(await readEpoch(db)).toBe(epoch + 1n);
    await discover(id);
    expect(await onlyToolOf(id)).toMatchObject({ state: 'pinned' });
    const { entry, words } = await catalog.newestEntry('take-over-tools');
    expect(entry).toMatchObject({ subjectId: id, data: { facts: { toolsTakenOver: 1 } } });
    expect(words).toContain('we read it');
  });

  it('is not taken over once it changed again, nor by those who register, nor if it is another’s', async () => {
    const id = await withOffer(tool({ title: 'Looked at' }));
    const seen = await onlyToolOf(id);
    says.tools = [tool({ title: 'Slipped in' })];
    await discover(id);
    await expect(takeOver(id, [seen])).rejects.toMatchObject({ code: 'conflict' });
    const now = await onlyToolOf(id);
    await expect(takeOver(await addServer(), [now])).rejects.toMatchObject({ code: 'not_found' });
    const input = {
      id,
      tools: [{ id: now.id, definitionDigest: now.offeredDigest }],
      reason: 'mine',
    };
    await expect(catalog.takeOverTools.execute(actor, input)).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await onlyToolOf(id)).toMatchObject({ state: 'changed', title: null });
  });

  it('is not written by the application’s role', async () => {
    const id = await withOffer(tool({ title: 'Other' }));
    const { id: toolId } = await onlyToolOf(id);
    for (const column of ['title', 'input_schema', 'definition_digest', 'operation'])
      await expect(
        db.$executeRawUnsafe(`UPDATE tool SET ${column} = NULL WHERE id = '${toolId}'`),
      ).rejects.toThrow(/denied|permission/i);
  });
});

describe('a tool that a tool server begins to offer later', () => {
  it('waits until it is taken over, as does one of a server that had none', async () => {
    const id = await withOffer(tool(), tool({ name: 'more' }));
    expect((await toolsOf(id)).map(({ name, state }) => [name, state])).toEqual([
      ['look', 'pinned'],
      ['more', 'new'],
    ]);
    says.tools = [];
    const empty = await addServer();
    await discover(empty);
    expect(await queries.getServer(actor, empty)).toMatchObject({ state: 'ready', toolCount: 0 });
    says.tools = [tool()];
    await discover(empty);
    expect(await onlyToolOf(empty)).toMatchObject({ state: 'new' });
  });

  it('is taken over together with what changed', async () => {
    const id = await withOffer(tool({ title: 'Other' }), tool({ name: 'more' }));
    const server = toolServerDetailSchema.parse(await queries.getServer(actor, id));
    expect(server.toolStates).toEqual({ pinned: 0, changed: 1, new: 1, removed: 0 });
    const both = (await toolsOf(id)).map((one) => ({
      id: one.id,
      offeredDigest: one.offeredDigest ?? one.definitionDigest,
    }));
    await takeOver(id, both);
    expect((await toolsOf(id)).map(({ state }) => state)).toEqual(['pinned', 'pinned']);
    await expect(takeOver(id, both)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a tool that is not offered any more', () => {
  it('stays for history, and comes back by itself only as it was', async () => {
    const id = await withOffer();
    expect(await onlyToolOf(id)).toMatchObject({ state: 'removed' });
    expect(await queries.getServer(actor, id)).toMatchObject({
      toolCount: 0,
      stateReason: 'The tool server offers no tools.',
    });
    says.tools = [tool()];
    await discover(id);
    expect(await onlyToolOf(id)).toMatchObject({ state: 'pinned' });
    says.tools = [];
    await discover(id);
    says.tools = [tool({ title: 'Other' })];
    await discover(id);
    expect(await onlyToolOf(id)).toMatchObject({
      state: 'new',
      offeredDigest: expect.any(String) as string,
    });
  });

  it('is one whose definition cannot be pinned any more', async () => {
    const id = await withOffer(tool({ inputSchema: { type: 'string' } }));
    expect(await onlyToolOf(id)).toMatchObject({ state: 'removed' });
    expect((await queries.getServer(actor, id)).leftOut).toHaveLength(1);
  });
});

describe('the setting for changed definitions', () => {
  const set = (who: PersonActor, id: string, onChangedDefinition: 'block' | 'keep') =>
    catalog.setChangedDefinitions.execute(who, { id, onChangedDefinition, reason: 'we said so' });

  it('blocks unless security says otherwise', async () => {
    const id = await addServer();
    await set(security, id, 'block');
    expect(await queries.getServer(actor, id)).toMatchObject({ onChangedDefinition: 'block' });
    await expect(set(catalog.actor, id, 'block')).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
