import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#libs/platform/kernel';
import {
  search,
  startIdentitySuite,
  type IdentitySuite,
} from './fixtures/identity-suite.fixture.js';

let suite: IdentitySuite;

beforeAll(async () => {
  suite = await startIdentitySuite();
});

afterAll(async () => {
  await suite.stop();
});

beforeEach(() => {
  suite.gateway.rest.seen.length = 0;
});

describe('onBehalfOf', () => {
  const forWhom = async (onBehalfOf: unknown, body: object = search) =>
    suite.call(await suite.gateway.token('coder'), { ...body, onBehalfOf });
  const aboutAnn = (claims: Record<string, unknown> = {}) =>
    suite.idpToken({ sub: 'ann', ...claims });

  it('takes a signed token about the person', async () => {
    const answer = await forWhom(await aboutAnn());
    expect(answer.status).toBe(200);
    expect((await suite.entryOf(answer))?.data).toMatchObject({
      identifiedBy: 'subject_token',
      personId: suite.people.id('ann'),
      personDecision: 'allow',
    });
    expect(JSON.stringify(suite.gateway.rest.seen)).not.toContain('ann');
  });

  it('takes a delegation that the person granted to this agent', async () => {
    const delegationId = await suite.people.delegate(
      suite.people.id('ann'),
      suite.people.id('coder'),
    );
    const answer = await forWhom(delegationId);
    expect(answer.status).toBe(200);
    expect((await suite.entryOf(answer))?.data).toMatchObject({
      identifiedBy: 'delegation',
      delegationId,
      personId: suite.people.id('ann'),
    });
    await suite.people.change(
      (tx) =>
        tx.delegation.update({ where: { id: delegationId }, data: { withdrawnAt: new Date() } }),
      'people',
    );
    expect(await forWhom(delegationId)).toMatchObject({
      body: { code: 'delegation_not_in_force' },
    });
  });

  it.each([
    ['a name', () => 'ann'],
    ['an e-mail address', () => 'ann@example.test'],
    ['a person’s id', () => suite.people.id('ann')],
    ['a delegation that never was', () => newId()],
    [
      'another agent’s delegation',
      () => suite.people.delegate(suite.people.id('ann'), suite.people.id('desk')),
    ],
    [
      'one that has ended',
      () =>
        suite.people.delegate(suite.people.id('ann'), suite.people.id('coder'), {
          expiresAt: new Date(Date.now() - 1000),
        }),
    ],
    [
      'one for another tool server',
      async () => {
        const other = await suite.people.db.toolServer.create({
          data: {
            id: newId(),
            slug: 'other',
            name: 'other',
            kind: 'rest',
            url: 'http://127.0.0.1:9',
            state: 'ready',
            createdAt: new Date(),
            updatedAt: new Date(),
            ...(await suite.people.db.agent.findFirstOrThrow({
              select: { ownerId: true, teamId: true },
            })),
          },
        });
        return suite.people.delegate(suite.people.id('ann'), suite.people.id('coder'), {
          serverId: other.id,
        });
      },
    ],
    ['a token about nobody', () => suite.idpToken({ sub: 'nobody' })],
    ['an expired token', () => aboutAnn({ exp: Math.floor(Date.now() / 1000) - 60 })],
    ['a token for another resource', () => aboutAnn({ aud: 'https://elsewhere.example' })],
    ['a token whose signature was changed', async () => `${(await aboutAnn()).slice(0, -6)}AAAAAA`],
    ['a token that lets another agent act', () => aboutAnn({ may_act: { sub: 'support' } })],
    ['a token whose may_act is no object', () => aboutAnn({ may_act: 'coder' })],
    [
      'a token whose may_act says more than we understand',
      () => aboutAnn({ may_act: { sub: 'coder', on: 'Tuesday' } }),
    ],
    ['a token that is bound to a key', () => aboutAnn({ cnf: { jkt: 'abc' } })],
    ['a token that others act on already', () => aboutAnn({ act: { sub: 'support' } })],
    ['a token of our own', () => suite.actingFor('ann')],
  ])('rejects %s with 403', async (_what, claim) => {
    const answer = await forWhom(await claim());
    expect(answer.status).toBe(403);
    expect(String(answer.body['code'])).toMatch(/^(person_not_proven|delegation_not_in_force)$/);
    expect(suite.gateway.rest.seen).toEqual([]);
    expect(await suite.entryOf(answer)).toMatchObject({ type: 'call.invalid' });
  });

  it.each([[7], [''], ['x'.repeat(9000)], [['ann']], [{ sub: 'ann' }]])(
    'that is no text of a fitting length is a wrong request: %j',
    async (claim) => {
      expect((await forWhom(claim)).status).toBe(400);
    },
  );

  it('takes a token that lets exactly this agent act', async () => {
    expect((await forWhom(await aboutAnn({ may_act: { sub: 'coder' } }))).status).toBe(200);
    const byId = { iss: suite.gateway.url, sub: suite.people.id('coder') };
    expect((await forWhom(await aboutAnn({ may_act: byId }))).status).toBe(200);
  });

  it('covers the one tool server that the delegation is narrowed to', async () => {
    const claim = await suite.people.delegate(suite.people.id('ann'), suite.people.id('coder'), {
      serverId: suite.helpdeskId,
    });
    expect((await forWhom(claim)).status).toBe(200);
  });

  it('of another person than the token’s is rejected, of the same one it changes nothing', async () => {
    const token = await suite.clientToken('ann');
    const aboutBob = await suite.idpToken({ sub: 'bob' });
    expect(await suite.call(token, { ...search, onBehalfOf: aboutBob })).toMatchObject({
      status: 403,
      body: { code: 'person_mismatch' },
    });
    const same = await suite.call(token, { ...search, onBehalfOf: await aboutAnn() });
    expect((await suite.entryOf(same))?.data).toMatchObject({ identifiedBy: 'client_binding' });
  });
});

describe('a token about a person that was issued to another agent’s client', () => {
  const deskToken = () => suite.clientToken('ann');
  const asCoder = async (onBehalfOf: string) =>
    suite.call(await suite.gateway.token('coder'), { ...search, onBehalfOf });
  const setDesk = (data: object) =>
    suite.people.change((tx) => tx.agent.update({ where: { id: suite.people.id('desk') }, data }));

  it('puts that agent into the chain, which the ledger has', async () => {
    const answer = await asCoder(await deskToken());
    expect(answer.status).toBe(200);
    const actors = [suite.people.id('coder'), suite.people.id('desk')];
    expect((await suite.entryOf(answer))?.data).toMatchObject({
      identifiedBy: 'subject_token',
      actors,
    });
    const own = await suite.call(await deskToken());
    expect(own.status).toBe(200);
    expect((await suite.entryOf(own))?.data).not.toHaveProperty('actors');
    const unbound = await asCoder(await suite.idpToken({ sub: 'ann', client_id: 'portal' }));
    expect((await suite.entryOf(unbound))?.data).not.toHaveProperty('actors');
  });

  it.each([
    ['suspended', { state: 'suspended' }, { state: 'active' }],
    ['expired', { expiresAt: new Date(0) }, { expiresAt: null }],
    [
      'made to sign in again',
      { tokensRevokedBefore: new Date(Date.now() + 60_000) },
      { tokensRevokedBefore: null },
    ],
  ])('is not valid once that agent is %s, and the entry says through whom', async (...args) => {
    const [_what, off, on] = args;
    const token = await deskToken();
    await setDesk(off);
    const answer = await asCoder(token);
    await setDesk(on);
    expect(answer).toMatchObject({ status: 403, body: { code: 'person_not_proven' } });
    expect(suite.gateway.rest.seen).toEqual([]);
    expect(await suite.entryOf(answer)).toMatchObject({
      type: 'call.invalid',
      data: { actors: [suite.people.id('coder'), suite.people.id('desk')] },
    });
    expect((await asCoder(token)).status).toBe(200);
  });

  it('is nobody’s once the client’s binding was removed, until it is bound again', async () => {
    const token = await deskToken();
    const id = suite.people.id('client binding');
    const {
      conditions: _none,
      publicKey: _no,
      ...row
    } = await suite.people.db.binding.findUniqueOrThrow({ where: { id } });
    await suite.people.change((tx) => tx.binding.delete({ where: { id } }));
    const answer = await asCoder(token);
    expect(answer).toMatchObject({ status: 403, body: { code: 'person_not_proven' } });
    const later = await asCoder(await suite.idpToken({ sub: 'ann', client_id: 'desk-app' }));
    expect(later.status).toBe(403);
    await suite.people.change((tx) => tx.binding.create({ data: row }));
    expect((await asCoder(token)).status).toBe(200);
    expect(suite.gateway.rest.seen).toHaveLength(1);
  });

  it('is this agent’s alone where its issuer says so', async () => {
    const claims = { sub: 'ann', client_id: 'desk-app', may_act: { sub: 'coder' } };
    const answer = await asCoder(await suite.idpToken(claims));
    expect(answer.status).toBe(200);
    expect((await suite.entryOf(answer))?.data).not.toHaveProperty('actors');
  });
});
