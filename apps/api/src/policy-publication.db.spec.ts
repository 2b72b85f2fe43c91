import { createTestDatabase, createTestOrganisation, type TestDatabase } from '#libs/dev/testing';
import { newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf } from './fixtures/answers.js';
import { newcomer, signedInAs } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import type { Visitor } from './fixtures/visitor.js';

let database: TestDatabase;
let gate: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
});
afterAll(async () => {
  await gate.close();
  await database.drop();
});

const note = 'agreed on the phone';
const ALLOW_ALL =
  'rules:\n  - { name: all, effect: allow, agents: { all: true }, tools: { all: true } }\n';
interface Version {
  id: string;
  state: string;
  proposedChange: { id: string; canConfirm: boolean } | null;
}

const post = (visitor: Visitor, path: string, body: object = { note }) =>
  answerOf(visitor.write('POST', `/api/v1/${path}`, body));
const written = async (author: Visitor): Promise<Version> => {
  const proposal = { name: `policy-${newId()}`, text: 'rules: []\n', note };
  const answer = await post(author, 'policy-versions', proposal);
  expect(answer.status).toBe(201);
  return answer.body as unknown as Version;
};
const see = async (visitor: Visitor, id: string) =>
  (await answerOf(visitor.send('GET', `/api/v1/policy-versions/${id}`))).body as unknown as Version;

/** Every address at which somebody could try to put a version in force. */
const ways = (visitor: Visitor, { id, proposedChange }: Version) => [
  () => post(visitor, `policy-versions/${id}/publish`),
  () => post(visitor, `proposed-changes/${proposedChange?.id ?? ''}/confirm`),
];

describe('a version of a policy', () => {
  it('waits for a second person from the request that writes it, and is in force by theirs', async () => {
    const { visitor: author } = await signedInAs(gate, 'security');
    const { visitor: second, id: secondId } = await signedInAs(gate, 'security');
    const version = await written(author);
    expect(version).toMatchObject({ state: 'in_review', proposedChange: { canConfirm: false } });
    const { proposedChange } = await see(second, version.id);
    expect(proposedChange).toMatchObject({ id: version.proposedChange?.id, canConfirm: true });
    const published = await post(second, `policy-versions/${version.id}/publish`);
    expect(published).toMatchObject({
      status: 200,
      body: { state: 'active', decidedBy: { id: secondId }, decisionNote: note },
    });
    const change = `/api/v1/proposed-changes/${version.proposedChange?.id ?? ''}`;
    expect(await answerOf(author.send('GET', change))).toMatchObject({ body: { state: 'done' } });
  });

  it('is put in force by nobody alone, with whatever roles, however often they propose it', async () => {
    const all = await signedInAs(gate, 'security', 'it', 'grc', 'developer', 'office', 'emergency');
    const version = await written(all.visitor);
    for (const way of ways(all.visitor, version)) expect((await way()).status).toBe(403);
    const again = await post(all.visitor, `policy-versions/${version.id}/propose`, {});
    expect(again.status).toBe(202);
    const change = again.body['proposedChange'] as { id: string; canConfirm: boolean };
    for (const way of ways(all.visitor, { ...version, proposedChange: change }))
      expect((await way()).status).toBe(403);
    expect(await see(all.visitor, version.id)).toMatchObject({ state: 'in_review' });
  });

  it.each([
    ['IT', ['it']],
    ['an auditor', ['grc']],
    ['a developer', ['developer']],
    ['nobody in particular', []],
  ] as const)('is neither put in force nor proposed by %s', async (_, roles) => {
    const { visitor: author } = await signedInAs(gate, 'security');
    const version = await written(author);
    const { visitor } = await signedInAs(gate, ...roles);
    for (const way of ways(visitor, version))
      expect((await way()).status).toBeGreaterThanOrEqual(403);
    const propose = await post(visitor, `policy-versions/${version.id}/propose`, {});
    expect(propose.status).toBeGreaterThanOrEqual(403);
    expect(await see(author, version.id)).toMatchObject({ state: 'in_review' });
  });

  it('is not put in force by a puppet of its author, who was given the role a moment ago', async () => {
    const { visitor: author, id: authorId } = await signedInAs(gate, 'security');
    const version = await written(author);
    const { visitor } = await newcomer(gate, { roles: ['security'], madeBy: authorId });
    for (const way of ways(visitor, version)) expect((await way()).status).toBe(403);
    // Nor is what the puppet writes put in force by its maker: it waits for nobody.
    const theirs = await written(visitor);
    expect(theirs.proposedChange).toBeNull();
    expect((await post(author, `policy-versions/${theirs.id}/publish`)).status).toBe(409);
  });

  it('waits no more when its author is signed out everywhere, and is proposed by another', async () => {
    const author = await signedInAs(gate, 'security');
    const { visitor: second } = await signedInAs(gate, 'security');
    const { visitor: third } = await signedInAs(gate, 'security');
    const version = await written(author.visitor);
    const revocation = `people/${author.id}/revoke-access`;
    expect((await post(second, revocation, { reason: 'stolen session' })).status).toBe(200);
    for (const way of ways(second, version)) expect((await way()).status).toBe(409);
    expect(await see(second, version.id)).toMatchObject({ proposedChange: null });
    expect((await post(second, `policy-versions/${version.id}/propose`, {})).status).toBe(202);
    expect((await post(second, `policy-versions/${version.id}/publish`)).status).toBe(403);
    expect((await post(third, `policy-versions/${version.id}/publish`)).status).toBe(200);
  });

  it.each(['policy-versions', 'proposed-changes'] as const)(
    'is rejected with its proposal at %s',
    async (at) => {
      const { visitor: author } = await signedInAs(gate, 'security');
      const { visitor: second } = await signedInAs(gate, 'security');
      const version = await written(author);
      const id = at === 'policy-versions' ? version.id : (version.proposedChange?.id ?? '');
      expect((await post(second, `${at}/${id}/reject`)).status).toBe(200);
      expect(await see(author, version.id)).toMatchObject({
        state: 'rejected',
        decisionNote: note,
        proposedChange: null,
      });
      for (const way of ways(second, version)) expect((await way()).status).toBe(409);
    },
  );
});

describe('a version that the database was written to hold', () => {
  it('is not put in force with another text than its author proposed', async () => {
    const { visitor: author } = await signedInAs(gate, 'security');
    const { visitor: second } = await signedInAs(gate, 'security');
    const version = await written(author);
    await database.asSuperuser('UPDATE policy_version SET text = $2 WHERE id = $1', [
      version.id,
      ALLOW_ALL,
    ]);
    for (const way of ways(second, version)) expect((await way()).status).toBe(409);
    expect(await see(second, version.id)).toMatchObject({ state: 'in_review' });
  });

  it('is not put in force if nobody proposed it, no matter who it says did', async () => {
    const { visitor: author, id: authorId } = await signedInAs(gate, 'security');
    const { visitor: second } = await signedInAs(gate, 'security');
    const { id: honest, proposedChange } = await written(author);
    const forged = newId();
    await database.asSuperuser(
      `INSERT INTO policy_version (id, policy_id, number, text, bindings, note, proposed_by_id, proposed_at, state)
       SELECT $2, policy_id, 2, $3, bindings, note, $4, proposed_at, 'in_review' FROM policy_version WHERE id = $1`,
      [honest, forged, ALLOW_ALL, authorId],
    );
    for (const way of ways(second, { id: forged, state: 'in_review', proposedChange: null }))
      expect((await way()).status).toBeGreaterThanOrEqual(400);
    // Nor by the agreement to another version.
    await database.asSuperuser('UPDATE proposed_change SET subject_id = $2 WHERE id = $1', [
      proposedChange?.id ?? '',
      forged,
    ]);
    for (const way of ways(second, { id: forged, state: 'in_review', proposedChange }))
      expect((await way()).status).toBeGreaterThanOrEqual(400);
    const row = await gate.db.policyVersion.findUniqueOrThrow({ where: { id: forged } });
    expect(row.state).toBe('in_review');
  });
});

describe('an access grant', () => {
  it('is drafted by the owner of the tool, who has no role, and waits for IT alone', async () => {
    const organisation = createTestOrganisation(gate.db);
    const teamId = await organisation.addTeam({ name: `team-${newId()}` });
    const owner = await signedInAs(gate);
    const asker = await signedInAs(gate, 'developer', 'it');
    await gate.db.personTeam.create({ data: { personId: asker.id, teamId } });
    const agentId = await organisation.addAgent({
      name: `agent-${newId()}`,
      teamId,
      ownerId: owner.id,
    });
    const slug = `desk-${newId().slice(-8)}`;
    const serverId = await organisation.addToolServer({
      slug,
      name: slug,
      ownerId: owner.id,
      teamId,
    });
    const toolId = await organisation.addTool({ serverId, name: 'refund' });
    const request = { agentId, toolId, justification: 'customers wait', durationHours: 8 };
    const asked = await post(asker.visitor, 'access-requests', request);
    const { id } = asked.body as { id: string };
    const draft = { when: 'always', durationHours: 1, note };
    const drafted = await post(owner.visitor, `access-requests/${id}/draft`, draft);
    expect(drafted).toMatchObject({ status: 200, body: { state: 'drafted' } });
    const { versionId } = drafted.body['grant'] as { versionId: string };

    const [security, it_] = [await signedInAs(gate, 'security'), await signedInAs(gate, 'it')];
    const version = await see(it_.visitor, versionId);
    for (const { visitor } of [owner, asker, security])
      for (const way of ways(visitor, version)) expect((await way()).status).toBe(403);
    // Who asked may propose it as somebody in IT, and gains nothing by it.
    expect((await post(asker.visitor, `policy-versions/${versionId}/propose`, {})).status).toBe(
      202,
    );
    for (const { visitor } of [owner, asker])
      expect((await post(visitor, `policy-versions/${versionId}/publish`)).status).toBe(403);
    expect((await post(it_.visitor, `policy-versions/${versionId}/publish`)).status).toBe(200);
    const granted = await answerOf(it_.visitor.send('GET', `/api/v1/access-requests/${id}`));
    expect(granted.body).toMatchObject({ state: 'granted', decidedBy: { id: it_.id } });
  });
});
