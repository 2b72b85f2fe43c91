import { createTestDatabase, createTestOrganisation, type TestDatabase } from '#libs/dev/testing';
import { definitionDigest } from '#libs/engine/upstream';
import { newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { confirm } from './fixtures/agreed.js';
import { answerOf } from './fixtures/answers.js';
import { signedInAs } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';

type SignedIn = Awaited<ReturnType<typeof signedInAs>>;

let database: TestDatabase;
let gate: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  await createTestOrganisation(gate.db).addAgent({ name: 'reader' });
});
afterAll(async () => {
  await gate.close();
  await database.drop();
});

const OFFERED = {
  name: 'look',
  title: 'Other',
  description: null,
  inputSchema: { type: 'object' },
  outputSchema: null,
  annotations: {},
  otherFields: {},
  operation: null,
};
const OFFERED_DIGEST = definitionDigest(OFFERED);

let security: SignedIn;
let colleague: SignedIn;
let serverId: string;
let toolId: string;

/** A tool that changed, and rules in force that allow reading tools to every agent. */
beforeEach(async () => {
  security = await signedInAs(gate, 'security');
  colleague = await signedInAs(gate, 'it');
  const organisation = createTestOrganisation(gate.db);
  serverId = await organisation.addToolServer({ ownerId: colleague.id });
  toolId = await organisation.addTool(
    { serverId, name: 'look' },
    { offered: { ...OFFERED, classification: 'write' }, offeredDigest: OFFERED_DIGEST },
  );
});

const allowReads = async () => {
  const [policyId, at] = [newId(), new Date()];
  await gate.db.policy.create({
    data: { id: policyId, name: `policy-${policyId}`, description: '', createdAt: at },
  });
  const version = { id: newId(), policyId, number: 1, bindings: [], note: '', proposedAt: at };
  const text =
    'rules:\n  - { name: reads, effect: allow, agents: { all: true }, tools: { classifications: [read] }, when: { always: true }, reason: x }\n';
  await gate.db.policyVersion.create({ data: { ...version, text, state: 'active' } });
};

const post = ({ visitor }: SignedIn, path: string, body: object) =>
  answerOf(visitor.write('POST', `/api/v1/tool-servers/${serverId}/${path}`, body));
const takeOver = (who: SignedIn, definitionDigest = OFFERED_DIGEST) =>
  post(who, 'take-over-tools', { tools: [{ id: toolId, definitionDigest }], reason: 'we read it' });
const tool = () => gate.db.tool.findUniqueOrThrow({ where: { id: toolId } });

describe('taking over what a tool server offers', () => {
  it('is security’s alone while no agent may call the tool', async () => {
    expect(await takeOver(colleague)).toMatchObject({ status: 403 });
    expect(await takeOver(security)).toMatchObject({ status: 200 });
    expect(await tool()).toMatchObject({ title: 'Other', offeredDigest: null });
  });

  it('takes a second person where a rule allows it, and what both looked at', async () => {
    await allowReads();
    const proposed = await takeOver(security);
    expect(proposed).toMatchObject({ status: 202 });
    expect(await tool()).toMatchObject({ title: null });
    expect((await confirm(security.visitor, proposed)).status).toBe(403);
    expect((await confirm(colleague.visitor, proposed)).status).toBe(200);
    expect(await tool()).toMatchObject({ title: 'Other', definitionDigest: OFFERED_DIGEST });
    expect((await takeOver(security)).status).toBe(409);
  });

  it('is rejected when another definition came since, also from a stored offer that is not its digest’s', async () => {
    expect((await takeOver(security, 'f'.repeat(64))).status).toBe(409);
    const owner = createTestOrganisation(gate.db);
    const forged = { ...OFFERED, title: 'Forged', classification: 'read' };
    toolId = await owner.addTool(
      { serverId, name: 'forged' },
      { offered: forged, offeredDigest: OFFERED_DIGEST },
    );
    expect((await takeOver(security)).status).toBe(409);
    expect(await tool()).toMatchObject({ title: null });
  });
});

describe('keeping what was pinned in use', () => {
  const set = (onChangedDefinition: string) =>
    post(security, 'changed-definitions', { onChangedDefinition, reason: 'we rely on it' });
  const setting = async () =>
    (await gate.db.toolServer.findUniqueOrThrow({ where: { id: serverId } })).onChangedDefinition;

  it('takes a second person, and blocking again takes none', async () => {
    const proposed = await set('keep');
    expect(proposed).toMatchObject({ status: 202 });
    expect(await setting()).toBe('block');
    expect((await confirm(security.visitor, proposed)).status).toBe(403);
    expect((await confirm(colleague.visitor, proposed)).status).toBe(200);
    expect(await setting()).toBe('keep');
    expect(await set('block')).toMatchObject({ status: 200 });
    expect(await setting()).toBe('block');
  });
});
