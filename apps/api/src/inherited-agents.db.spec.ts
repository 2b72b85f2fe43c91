import { generateKeyPairSync } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf, proposedId } from './fixtures/answers.js';
import { createCallableAgents, type CallableAgents } from './fixtures/callable-agents.js';
import type { SignedIn } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';

// Invariant I10: who names a team's heir, and disables an agent's owner, cannot use what the agent may by that.
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

let agentId: string;
let teamId: string;
let owner: SignedIn;
beforeEach(async () => {
  owner = await open.signIn('office');
  teamId = await open.organisation.addTeam();
  agentId = await open.addActive({ tags: ['reader'], ownerId: owner.id, teamId });
});

/** Names the heir of the team, and disables the owner: two changes that IT makes alone. */
const inherit = async (heirId: string) => {
  const rule = { orphanRule: 'reassign', orphanOwnerId: heirId };
  const named = await open.write(open.it, `/api/v1/teams/${teamId}`, rule, 'PATCH');
  expect(named.status).toBe(200);
  const disabled = await open.write(open.it, `/api/v1/people/${owner.id}/disable`, { reason });
  expect(disabled.status).toBe(200);
  const agent = await gate.db.agent.findUniqueOrThrow({ where: { id: agentId } });
  expect(agent).toMatchObject({ ownerId: heirId, state: 'active' });
};
const key = () => ({
  kind: 'key',
  publicKey: generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }),
});
const seen = async (by = open.it) =>
  (await answerOf(by.send('GET', `/api/v1/agents/${agentId}`))).body;

describe('a person whom a team’s rule made the owner of an agent that may call something', () => {
  it('does not agree to what a colleague proposes, whom nobody made and who made nobody', async () => {
    const heir = await open.signIn('office');
    await inherit(heir.id);
    const proposal = proposedId(await open.act(agentId, 'bindings', key()));
    const shown = await open.see(open.security, proposal);
    expect(shown).toMatchObject({ confirmers: { people: [], roles: ['security'] } });
    expect((await open.confirm(heir.visitor, proposal)).status).toBeGreaterThanOrEqual(403);
    expect(await gate.db.binding.count({ where: { agentId } })).toBe(1);
    expect((await open.confirm(open.security, proposal)).status).toBe(200);
  });

  it('does not agree either to what was proposed while the owner was another', async () => {
    const heir = await open.signIn('office');
    const proposal = proposedId(await open.act(agentId, 'bindings', key()));
    await inherit(heir.id);
    expect((await open.confirm(heir.visitor, proposal)).status).toBeGreaterThanOrEqual(403);
    expect(await gate.db.binding.count({ where: { agentId } })).toBe(1);
  });

  it('does nothing of it alone, with the role IT of their own', async () => {
    const { id, visitor } = await open.signIn('it');
    await inherit(id);
    const proposal = proposedId(await open.act(agentId, 'bindings', key(), visitor));
    expect((await open.confirm(visitor, proposal)).status).toBe(403);
    const own = { ownerId: id, teamId, reason };
    const accepted = proposedId(await open.act(agentId, 'reassign', own, visitor));
    expect((await open.confirm(visitor, accepted)).status).toBe(403);
    expect(await gate.db.binding.count({ where: { agentId } })).toBe(1);
  });

  it('agrees as any owner does once security has confirmed that they are it', async () => {
    const heir = await open.signIn('office');
    await inherit(heir.id);
    expect((await seen())['inheritedAt']).toEqual(expect.any(String));
    const accept = await open.act(agentId, 'reassign', { ownerId: heir.id, teamId, reason });
    const accepted = proposedId(accept);
    expect((await open.confirm(heir.visitor, accepted)).status).toBe(403);
    expect((await open.confirm(open.security, accepted)).status).toBe(200);
    expect(await seen()).toMatchObject({ owner: { id: heir.id }, inheritedAt: null });
    const proposal = proposedId(await open.act(agentId, 'bindings', key()));
    expect((await open.confirm(heir.visitor, proposal)).status).toBe(200);
  });

  it('is replaced by another owner when security agrees, and they do not', async () => {
    const heir = await open.signIn('office');
    await inherit(heir.id);
    const next = await open.signIn('office');
    const body = { ownerId: next.id, teamId, reason };
    const proposal = proposedId(await open.act(agentId, 'reassign', body));
    expect((await open.confirm(heir.visitor, proposal)).status).toBeGreaterThanOrEqual(403);
    expect((await open.confirm(open.security, proposal)).status).toBe(200);
    expect(await seen()).toMatchObject({ owner: { id: next.id }, inheritedAt: null });
  });
});
