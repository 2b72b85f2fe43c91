import { createTestDatabase, createTestOrganisation, type TestDatabase } from '#libs/dev/testing';
import { DAY_MS, MINUTE_MS, newId } from '#libs/platform/kernel';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf } from './fixtures/answers.js';
import { SETTINGS } from './fixtures/issuers.js';
import { signedInAs } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import { askToken, assertionOf, type TokenAgent } from './fixtures/token-company.fixture.js';
import type { Visitor } from './fixtures/visitor.js';

// What somebody does by emergency access alone ends with it, as an attacker with one account would try to keep it.
let database: TestDatabase;
let gate: TestApi;
let alone: Visitor;
let aloneId: string;
let emergencyId: string;
let teamId: string;
const reason = 'nobody else can be reached';

beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  teamId = await createTestOrganisation(gate.db).addTeam();
});
afterAll(async () => {
  await gate.close();
  await database.drop();
});

const post = (visitor: Visitor, path: string, body: object) =>
  answerOf(visitor.write('POST', `/api/v1/${path}`, body));
const open = (visitor: Visitor) => post(visitor, 'emergency-access', { reason, minutes: 15 });
const close = (visitor: Visitor) => post(visitor, `emergency-access/${emergencyId}/close`, {});
const done = async (answering: ReturnType<typeof post>) => {
  const answer = await answering;
  if (answer.status > 201) throw new Error(answer.text);
  return String(answer.body['id']);
};

beforeEach(async () => {
  ({ visitor: alone, id: aloneId } = await signedInAs(gate, 'emergency'));
  emergencyId = await done(open(alone));
});

const register = (visitor: Visitor) =>
  done(
    post(visitor, 'agents', {
      name: newId(),
      purpose: 'what an attacker leaves behind',
      riskTier: 'low',
      tags: [],
      ownerId: aloneId,
      teamId,
    }),
  );

/** An agent with a key that somebody registers, binds and activates. */
const agentOf = async (visitor: Visitor): Promise<TokenAgent> => {
  const id = await register(visitor);
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  await done(post(visitor, `agents/${id}/bindings`, { kind: 'key', publicKey: jwk }));
  await done(post(visitor, `agents/${id}/activate`, { reason }));
  const none = '';
  return {
    id,
    name: id,
    key: privateKey,
    publicKey: jwk,
    keyBindingId: none,
    subjectBindingId: none,
  };
};

/** What the token endpoint says: a token, or why not. */
const tokenFor = async (agent: TokenAgent): Promise<string> => {
  const iat = Math.floor((Date.now() + passed) / 1000);
  const { body } = await askToken(gate.origin, {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertionOf(agent, gate.origin, { claims: { iat, exp: iat + 60 } }),
  });
  return body.error ?? (body.access_token === undefined ? 'nothing' : 'a token');
};
let passed = 0;
const pass = (ms: number) => {
  passed += ms;
  gate.pass(ms);
};

const agentRow = (id: string) =>
  gate.db.agent.findUniqueOrThrow({ where: { id }, include: { bindings: true } });
const entry = async (type: string) =>
  (await gate.db.ledgerEntry.findFirst({ where: { type }, orderBy: { id: 'desc' } }))?.data as {
    facts: Record<string, unknown>;
  };
const changes = async (visitor: Visitor) => {
  const { body } = await answerOf(visitor.send('GET', '/api/v1/emergency-access?state=all'));
  const items = body['items'] as {
    id: string;
    changes: { id: string; command: string; state: string; subject: { id: string } }[];
  }[];
  return items.find(({ id }) => id === emergencyId)?.changes ?? [];
};

describe('an agent whose key was bound in an emergency', () => {
  it('gets tokens while it is open, and none once it is closed', async () => {
    const agent = await agentOf(alone);
    expect(await tokenFor(agent)).toBe('a token');
    const { visitor: security } = await signedInAs(gate, 'security');
    expect((await changes(security)).map(({ command, state }) => [command, state])).toEqual([
      ['activate-agent', 'ends'],
      ['bind-agent', 'ends'],
      ['register-agent', 'ends'],
    ]);
    await done(close(alone));
    expect(await tokenFor(agent)).toBe('invalid_client');
    expect(await agentRow(agent.id)).toMatchObject({ state: 'retired', bindings: [] });
    const { facts } = await entry('close-emergency-access');
    expect(facts).toMatchObject({ emergencyIds: [emergencyId], changesNotUndone: 0 });
    expect(facts['changesUndone']).toHaveLength(3);
    expect((await changes(security)).map(({ state }) => state)).toEqual([
      'ended',
      'ended',
      'ended',
    ]);
  });

  it('gets none once it has expired, before the worker has looked', async () => {
    const agent = await agentOf(alone);
    expect(await tokenFor(agent)).toBe('a token');
    pass(15 * MINUTE_MS);
    expect(await agentRow(agent.id)).toMatchObject({ state: 'active' });
    expect(await tokenFor(agent)).toBe('unauthorized_client');
  });

  it('gets none once the role behind the emergency is withdrawn', async () => {
    const agent = await agentOf(alone);
    const { visitor: it_ } = await signedInAs(gate, 'it');
    const role = { personId: aloneId, role: 'emergency', reason };
    expect((await post(it_, 'roles/withdrawals', role)).status).toBeLessThan(300);
    expect(await gate.db.emergencyAccess.findUniqueOrThrow({ where: { id: emergencyId } })).toEqual(
      expect.objectContaining({ endedAt: expect.any(Date) as Date }),
    );
    expect(await tokenFor(agent)).toBe('invalid_client');
  });

  it('keeps it where two settled people agree, and neither by one nor by whom it concerns', async () => {
    const agent = await agentOf(alone);
    const { visitor: it_ } = await signedInAs(gate, 'it');
    const { visitor: security } = await signedInAs(gate, 'security');
    const [{ id: changeId } = { id: '' }] = await changes(security);
    const path = `emergency-access/${emergencyId}/changes/${changeId}/keep`;
    expect((await post(alone, path, { reason })).status).toBe(403);
    const proposed = await post(it_, path, { reason });
    expect(proposed.status).toBe(202);
    const { id } = proposed.body['proposedChange'] as { id: string };
    const confirm = (visitor: Visitor) =>
      post(visitor, `proposed-changes/${id}/confirm`, { note: 'agreed' });
    expect((await confirm(it_)).status).toBe(403);
    expect((await confirm(alone)).status).toBe(403);
    await done(confirm(security));
    await done(close(alone));
    expect(await tokenFor(agent)).toBe('a token');
    expect((await changes(security)).map(({ state }) => state)).toEqual(['kept', 'kept', 'kept']);
    expect((await entry('keep-emergency-change')).facts).toMatchObject({ aboutId: agent.id });
  });
});

describe('what else was done in an emergency', () => {
  it('ends: an issuer, a person, and the delegation to an agent', async () => {
    const issuerId = await done(
      post(alone, 'issuers', { ...SETTINGS, url: `https://${newId()}.example.com` }),
    );
    const personId = await done(
      post(alone, 'people', {
        name: 'Puppet',
        email: `${newId()}@example.test`,
        teamIds: [],
        issuer: gate.idp.issuer,
        subject: newId(),
      }),
    );
    const { id: agentId } = await agentOf(alone);
    await done(post(alone, 'delegations', { agentId, days: 30, purpose: reason }));
    await done(close(alone));
    expect(await gate.db.issuer.findUniqueOrThrow({ where: { id: issuerId } })).toMatchObject({
      retiredAt: expect.any(Date) as Date,
    });
    expect(await gate.db.person.findUniqueOrThrow({ where: { id: personId } })).toMatchObject({
      disabledAt: expect.any(Date) as Date,
    });
    // Of a retired agent no delegation is in force.
    expect(await agentRow(agentId)).toMatchObject({ state: 'retired' });
  });

  it('ends: a released kill switch is in force again', async () => {
    const { visitor: it_ } = await signedInAs(gate, 'it');
    const id = await done(post(it_, 'kill-switches', { scope: 'everything', reason }));
    await done(post(alone, `kill-switches/${id}/release`, { reason }));
    const active = () => gate.db.killSwitch.count({ where: { releasedAt: null } });
    expect(await active()).toBe(0);
    await done(close(alone));
    expect(await active()).toBe(1);
  });

  it('stays where a role of their own gave the right, however new', async () => {
    await gate.db.personRole.create({
      data: { personId: aloneId, role: 'it', assignedById: aloneId, assignedAt: new Date() },
    });
    const agent = await agentOf(alone);
    await done(close(alone));
    expect(await tokenFor(agent)).toBe('a token');
  });
});

describe('a second emergency', () => {
  it('within a day waits for a second person, who is not the same', async () => {
    await done(close(alone));
    const answer = await open(alone);
    expect(answer.status).toBe(202);
    const { id } = answer.body['proposedChange'] as { id: string };
    expect(
      await gate.db.emergencyAccess.count({ where: { personId: aloneId, endedAt: null } }),
    ).toBe(0);
    const confirm = (visitor: Visitor) =>
      post(visitor, `proposed-changes/${id}/confirm`, { note: 'agreed' });
    expect((await confirm(alone)).status).toBe(403);
    const { visitor: security } = await signedInAs(gate, 'security');
    await done(confirm(security));
    expect(
      await gate.db.emergencyAccess.count({ where: { personId: aloneId, endedAt: null } }),
    ).toBe(1);
  });

  it('of somebody whom the first made waits, too; anybody else’s does not, nor one after a day', async () => {
    const { visitor: other } = await signedInAs(gate, 'emergency');
    await done(open(other));
    const { visitor: puppet, id } = await signedInAs(gate, 'emergency');
    await gate.db.person.update({ where: { id }, data: { addedById: aloneId } });
    expect((await open(puppet)).status).toBe(202);
    pass(DAY_MS + 16 * MINUTE_MS);
    const later = await signedInAs(gate, 'emergency');
    await gate.db.person.update({ where: { id: later.id }, data: { addedById: aloneId } });
    await done(open(later.visitor));
  });
});
