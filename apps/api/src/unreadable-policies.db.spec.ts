import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf } from './fixtures/answers.js';
import { createCallableAgents, type CallableAgents } from './fixtures/callable-agents.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';

// Only somebody who writes to the database makes such a text; nobody must be kept from seeing it, or from replacing it.
const reason = 'as the test wants it';
let database: TestDatabase;
let gate: TestApi;
let open: CallableAgents;
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  open = await createCallableAgents(gate);
});
afterAll(async () => {
  await gate.close();
  await database.drop();
});

const see = (path: string) => answerOf(open.security.send('GET', `/api/v1/${path}`));
const stored = async (text: string, bindings: unknown = []) => {
  const [policyId, id] = [newId(), newId()];
  await database.asSuperuser(
    `INSERT INTO policy (id, kind, name, description, created_at) VALUES ($1, 'policy', $2, '', now())`,
    [policyId, `p-${policyId.slice(-12)}`],
  );
  for (const [versionId, number, state] of [
    [id, 1, 'active'],
    [newId(), 2, 'in_review'],
  ] as const)
    await database.asSuperuser(
      `INSERT INTO policy_version (id, policy_id, number, text, bindings, note, state, proposed_at)
        VALUES ($1, $2, $3, $4, $5, 'x', $6, now())`,
      [versionId, policyId, number, text, JSON.stringify(bindings), state],
    );
  const inReview = await gate.db.policyVersion.findFirstOrThrow({
    where: { policyId, state: 'in_review' },
  });
  return { policyId, versionIds: [id, inReview.id], names: [policyId] };
};
const UNBOUND = `rules:
  - name: all
    effect: allow
    agents: { teams: [nobody-there] }
    tools: { servers: [shop] }
    when: { always: true }
    reason: written past everybody
`;

describe.each([
  ['is no YAML', 'rules: [', []],
  ['is no policy', 'hello: world', []],
  ['names what is bound to nothing', UNBOUND, []],
  ['has bindings that are none', UNBOUND, { kind: 'odd' }],
])('a stored policy text that %s', (_, text, bindings) => {
  it('is shown with that it cannot be read, and hides no other policy', async () => {
    const { policyId, versionIds } = await stored(text, bindings);
    expect(await see(`policies/${policyId}`)).toMatchObject({
      status: 200,
      body: { text, currentText: text, isReadable: false, ruleCount: 0, renamed: [] },
    });
    for (const id of versionIds)
      expect(await see(`policy-versions/${id}`)).toMatchObject({
        status: 200,
        body: { text, currentText: text, isReadable: false, publishable: false, impact: [] },
      });
    const { status, body } = await see('policies');
    expect(status).toBe(200);
    const items = body['items'] as { id: string; name: string; isReadable: boolean }[];
    expect(items.find(({ id }) => id === policyId)).toMatchObject({ isReadable: false });
    expect(items.find(({ name }) => name === 'main')).toMatchObject({ isReadable: true });
  });

  it('changes no answer about agents, keeps nobody from taking rights away, and is replaced', async () => {
    const { policyId } = await stored(text, bindings);
    const agentId = await open.addActive({ tags: ['reader'] });
    const rights = await see(`agents/${agentId}/rights`);
    expect(rights.status).toBe(200);
    expect(rights.text).toContain('readers-read');
    expect(rights.text).not.toContain('written past everybody');
    expect((await open.act(agentId, 'retire', { reason })).status).toBe(200);
    const active = await gate.db.policyVersion.findFirstOrThrow({
      where: { policyId, state: 'active' },
    });
    const repaired = {
      policyId,
      basedOnId: active.id,
      text: UNBOUND.replace('nobody-there', 'support'),
      note: 'what it should be',
    };
    const proposed = await open.write(open.security, '/api/v1/policy-versions', repaired);
    expect(proposed.status).toBe(201);
    const next = proposed.body as { id: string };
    const { body: version } = await see(`policy-versions/${next.id}`);
    const change = version['proposedChange'] as { id: string };
    const { visitor } = await open.signIn('security');
    expect(await open.confirm(visitor, change.id)).toMatchObject({ status: 200 });
    expect(await see(`policies/${policyId}`)).toMatchObject({
      body: { isReadable: true, ruleCount: 1 },
    });
  });
});
