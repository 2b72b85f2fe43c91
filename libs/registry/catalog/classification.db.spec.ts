import type { PersonActor } from '#libs/dev/testing';
import { readEpoch } from '#libs/platform/db';
import { systemActor, type Actor, type Json } from '#libs/platform/kernel';
import { beforeEach, describe, expect } from 'vitest';
import { itWithCatalog as it, SCHEMA, type TestCatalog } from './catalog.fixture.js';
import { listToolsQuerySchema } from './catalog.schemas.js';
import { loadToolFacts, toolDetailSchema } from './index.js';

let catalog: TestCatalog;
let db: TestCatalog['db'];
let queries: TestCatalog['queries'];
let classifyTool: TestCatalog['classifyTool'];
let says: TestCatalog['says'];
let actor: TestCatalog['actor'];
let addServer: TestCatalog['addServer'];
let discover: TestCatalog['discover'];
let listTools: TestCatalog['listTools'];
let newestEntry: TestCatalog['newestEntry'];
let security: PersonActor;

it.beforeAll(async ({ shared }) => {
  catalog = shared;
  ({ db, queries, classifyTool, says, actor, addServer, discover, listTools, newestEntry } =
    catalog);
  security = await catalog.addPerson('security');
});
beforeEach(() => catalog.reset());

const openAnnotated = async (annotations: Json) => {
  says.tools = [{ name: 'look', inputSchema: SCHEMA, annotations }];
  const serverId = await addServer();
  await discover(serverId);
  const [tool] = (await listTools(serverId)).items;
  if (tool === undefined) throw new Error('nothing was pinned');
  return tool;
};

describe('classifying a tool', () => {
  it.each([
    [{ readOnlyHint: true }],
    [{ readOnlyHint: true, destructiveHint: false, title: 'safe' }],
  ])('is not done by a tool server that claims %j', async (annotations) => {
    const tool = await openAnnotated(annotations);
    expect(tool).toMatchObject({ classification: 'write', classifiedAt: null, classifiedBy: null });
    const facts = (await loadToolFacts(db)).find(({ id }) => id === tool.id);
    expect(facts?.classification).toBe('write');
  });

  it('moves the epoch, and is recorded with the reason and both names', async () => {
    const tool = await openAnnotated({ readOnlyHint: true });
    const before = await readEpoch(db);
    await classifyTool.execute(security, {
      id: tool.id,
      classification: 'read',
      reason: 'we read its code',
    });
    expect(await readEpoch(db)).toBe(before + 1n);
    expect(toolDetailSchema.parse(await queries.getTool(actor, tool.id))).toMatchObject({
      classification: 'read',
      classifiedAt: expect.any(String) as string,
      classifiedBy: { name: 'Of security', email: 'security@example.test' },
      annotations: { readOnlyHint: true },
      definitionDigest: tool.definitionDigest,
    });
    const { entry, words } = await newestEntry('classify-tool');
    expect(entry).toMatchObject({
      subjectKind: 'tool',
      subjectId: tool.id,
      data: {
        outcome: 'succeeded',
        facts: { from: 'write', to: 'read', isFirstClassification: true },
      },
    });
    expect(words).toContain('we read its code');
    expect(words).toContain('Of security');
    expect(words).toContain(`${tool.server.slug}/look`);
  });

  it('is left as it was by a later discovery, and can be done again', async () => {
    const tool = await openAnnotated({ readOnlyHint: true });
    const input = { id: tool.id, classification: 'read', reason: 'it reads' };
    await classifyTool.execute(security, input);
    await discover(tool.server.id);
    expect((await queries.getTool(actor, tool.id)).classification).toBe('read');
    await classifyTool.execute(security, { ...input, classification: 'destructive' });
    expect((await newestEntry('classify-tool')).entry.data).toMatchObject({
      facts: { from: 'read', to: 'destructive', isFirstClassification: false },
    });
  });

  it.each(['it', 'grc'] as const)('is rejected for %s, and changes nothing', async (role) => {
    const tool = await openAnnotated({ readOnlyHint: true });
    const who: Actor = { ...actor, roles: [role] };
    const before = await readEpoch(db);
    await expect(
      classifyTool.execute(who, { id: tool.id, classification: 'read', reason: 'trust me' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    expect(await readEpoch(db)).toBe(before);
    expect(await queries.getTool(actor, tool.id)).toMatchObject({ classification: 'write' });
    expect((await newestEntry('classify-tool')).entry.data).toMatchObject({ outcome: 'rejected' });
  });

  it('names nobody when the system seeded it, and filters what nobody classified', async () => {
    const tool = await openAnnotated({});
    const of = (classified: 'yes' | 'no') =>
      queries.listTools(listToolsQuerySchema.parse({ serverId: tool.server.id, classified }));
    expect([(await of('yes')).total, (await of('no')).total]).toEqual([0, 1]);
    const reason = 'part of the seed';
    await classifyTool.execute(systemActor('sandbox'), {
      id: tool.id,
      classification: 'write',
      reason,
    });
    expect([(await of('yes')).total, (await of('no')).total]).toEqual([1, 0]);
    expect(await queries.getTool(actor, tool.id)).toMatchObject({
      classifiedAt: expect.any(String) as string,
      classifiedBy: null,
    });
  });

  it('leaves what was pinned out of the application role’s reach', async () => {
    const tool = await openAnnotated({ readOnlyHint: true });
    await expect(
      db.tool.update({ where: { id: tool.id }, data: { annotations: {} } }),
    ).rejects.toThrow(/denied|permission/i);
  });
});
