import { createTestDatabase, createTestOrganisation, type TestDatabase } from '#libs/dev/testing';
import { newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { confirm } from './fixtures/agreed.js';
import { answerOf } from './fixtures/answers.js';
import { signedInAs } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import type { Visitor } from './fixtures/visitor.js';

type SignedIn = Awaited<ReturnType<typeof signedInAs>>;
type Class = 'read' | 'write' | 'destructive';

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

let security: SignedIn;
let owner: SignedIn;
let toolId: string;

/** A tool that security classified as a write, of somebody's server. */
beforeEach(async () => {
  security = await signedInAs(gate, 'security');
  owner = await signedInAs(gate, 'developer');
  toolId = await addTool(true);
  await gate.db.policyVersion.updateMany({
    where: { state: 'active' },
    data: { state: 'archived' },
  });
});

const addTool = async (isClassified: boolean): Promise<string> => {
  const organisation = createTestOrganisation(gate.db);
  const serverId = await organisation.addToolServer({ ownerId: owner.id });
  const classifiedAt = isClassified ? new Date() : null;
  return organisation.addTool(
    { serverId, name: 'erase' },
    { classification: 'write', classifiedAt },
  );
};
const inForce = async (...rules: string[]): Promise<void> => {
  const [policyId, at] = [newId(), new Date()];
  await gate.db.policy.create({
    data: { id: policyId, name: `policy-${policyId}`, description: '', createdAt: at },
  });
  const version = { id: newId(), policyId, number: 1, bindings: [], note: '', proposedAt: at };
  const text = `rules:\n${rules.join('')}`;
  await gate.db.policyVersion.create({ data: { ...version, text, state: 'active' } });
};
const rule = (
  name: string,
  effect: 'allow' | 'deny',
  tools: string,
  when = '{ always: true }',
): string =>
  `  - { name: ${name}, effect: ${effect}, agents: { all: true }, tools: { ${tools} }, when: ${when}, reason: x }\n`;
const READS = rule('reads', 'allow', 'classifications: [read]');
const EVERYTHING = rule('everything', 'allow', 'all: true');
const NO_WRITES = rule('no-writes', 'deny', 'classifications: [write]');

const classify = (visitor: Visitor, classification: Class, id = toolId) =>
  answerOf(
    visitor.write('POST', `/api/v1/tools/${id}/classification`, {
      classification,
      reason: 'we read its code',
    }),
  );
const classification = async (id = toolId) =>
  (await gate.db.tool.findUniqueOrThrow({ where: { id } })).classification;

describe('a classification by which an agent may call more', () => {
  it.each([
    ['a rule about the new class allows it', [READS]],
    ['a rule about the present class denies it', [EVERYTHING, NO_WRITES]],
  ])('waits for a second person: %s', async (_, rules) => {
    await inForce(...rules);
    const answer = await classify(security.visitor, 'read');
    expect(answer.status).toBe(202);
    expect((await confirm(security.visitor, answer)).status).toBe(403);
    expect(await classification()).toBe('write');
    const { id } = answer.body['proposedChange'] as { id: string };
    const shown = await answerOf(owner.visitor.send('GET', `/api/v1/proposed-changes/${id}`));
    expect(shown.body).toMatchObject({
      effect: { pairs: { added: { total: 1, items: [{ agent: { name: 'reader' } }] } } },
    });
  });

  it('is confirmed by the owner of the tool server, IT, or somebody else from security', async () => {
    await inForce(READS);
    const first = await classify(security.visitor, 'read');
    const grc = await signedInAs(gate, 'grc');
    expect((await confirm(grc.visitor, first)).status).toBe(403);
    expect((await confirm(owner.visitor, first)).status).toBe(200);
    expect(await classification()).toBe('read');
    expect((await classify(security.visitor, 'write')).status).toBe(200);
    const second = await classify(security.visitor, 'read');
    const colleague = await signedInAs(gate, 'security');
    expect((await confirm(colleague.visitor, second)).status).toBe(200);
    expect(await classification()).toBe('read');
    expect((await classify(security.visitor, 'write')).status).toBe(200);
    const third = await classify(security.visitor, 'read');
    const it_ = await signedInAs(gate, 'it');
    expect((await confirm(it_.visitor, third)).status).toBe(200);
  });

  it('is not reached in two steps', async () => {
    await inForce(READS);
    expect((await classify(security.visitor, 'destructive')).status).toBe(200);
    expect((await classify(security.visitor, 'read')).status).toBe(202);
  });

  it('waits also when it is the first, of a tool that an agent may call already', async () => {
    const limit = '{ arguments: { amount: { gt: 100 } } }';
    await inForce(EVERYTHING, rule('limit', 'deny', 'classifications: [write]', limit));
    const fresh = await addTool(false);
    expect((await classify(security.visitor, 'read', fresh)).status).toBe(202);
    expect(await classification(fresh)).toBe('write');
  });

  // Who registered its tool server may be a puppet of the one who says what it does.
  it('waits also when it is the first, of a tool that no agent could call', async () => {
    await inForce(READS);
    const fresh = await addTool(false);
    expect((await classify(security.visitor, 'read', fresh)).status).toBe(202);
    expect(await classification(fresh)).toBe('write');
  });
});

describe('a classification is done at once', () => {
  it('the first time, when no rule lets an agent call the tool by it', async () => {
    await inForce(rule('no-erasing', 'deny', 'classifications: [destructive]'));
    const fresh = await addTool(false);
    expect((await classify(security.visitor, 'read', fresh)).status).toBe(200);
    expect(await classification(fresh)).toBe('read');
  });

  it('that narrows, or says the same again, or that no rule asks about', async () => {
    await inForce(EVERYTHING, rule('no-erasing', 'deny', 'classifications: [destructive]'));
    expect((await classify(security.visitor, 'read')).status).toBe(200);
    expect((await classify(security.visitor, 'read')).status).toBe(200);
    expect((await classify(security.visitor, 'destructive')).status).toBe(200);
    expect((await classify(security.visitor, 'read')).status).toBe(202);
    expect(await classification()).toBe('destructive');
  });
});
