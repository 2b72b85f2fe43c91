import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#libs/platform/kernel';
import { startIdentitySuite, type IdentitySuite } from './fixtures/identity-suite.fixture.js';

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

const note = { server: 'helpdesk', tool: 'note', arguments: {} };

describe('a client binding', () => {
  it('names the agent by the client and the person by the subject, and the ledger names both', async () => {
    const answer = await suite.call(await suite.clientToken('ann'));
    expect(answer.status).toBe(200);
    expect(await suite.entryOf(answer)).toMatchObject({
      data: {
        decision: 'allow',
        identifiedBy: 'client_binding',
        bindingId: suite.people.id('client binding'),
        personId: suite.people.id('ann'),
        agentDecision: 'allow',
        personDecision: 'allow',
      },
    });
  });

  it('lets an agent do for a person only what both may, and says whose answer it is', async () => {
    const answer = await suite.call(await suite.clientToken('ann'), note);
    expect(answer).toMatchObject({ status: 403, body: { code: 'denied', principal: 'person' } });
    expect(await suite.entryOf(answer)).toMatchObject({
      data: { decision: 'deny', agentDecision: 'allow', personDecision: 'deny' },
    });
    expect((await suite.call(await suite.clientToken('bob'))).status).toBe(403);
    // The agent's own side: no-large-refunds is about agents.
    const refund = { server: 'helpdesk', tool: 'refund', arguments: { ticket: 't', amount: 101 } };
    expect(await suite.call(await suite.clientToken('ann'), refund)).toMatchObject({
      status: 403,
      body: { principal: 'agent', rule: 'no-large-refunds' },
    });
    expect(suite.gateway.rest.seen).toEqual([]);
  });

  it.each([
    ['is unknown', 'somebody-else', 'unknown_person'],
    ['is written in another case', 'Ann', 'unknown_person'],
    ['is an e-mail address', 'ann@example.test', 'unknown_person'],
    ['has a space behind it', 'ann ', 'unknown_person'],
  ])('rejects a person who %s', async (_why, subject, code) => {
    const answer = await suite.call(await suite.clientToken(subject));
    expect(answer).toMatchObject({ status: 403, body: { code } });
    expect(await suite.entryOf(answer)).toMatchObject({ type: 'call.invalid' });
  });

  it('does not take a token that the client got for itself', async () => {
    const answer = await suite.call(await suite.clientToken('desk-app'));
    expect(answer).toMatchObject({ status: 403, body: { code: 'unbound_token' } });
  });

  it('rejects a disabled person, and takes them again once they are back', async () => {
    const token = await suite.clientToken('ann');
    const setDisabled = (disabledAt: Date | null) =>
      suite.people.change(
        (tx) => tx.person.update({ where: { id: suite.people.id('ann') }, data: { disabledAt } }),
        'people',
      );
    await setDisabled(new Date());
    const answer = await suite.call(token);
    await setDisabled(null);
    expect(answer).toMatchObject({ status: 403, body: { code: 'person_not_active' } });
    expect(await suite.entryOf(answer)).toMatchObject({
      data: { personId: suite.people.id('ann') },
    });
    expect((await suite.call(token)).status).toBe(200);
  });
});

describe('a token that two bindings match', () => {
  it('is rejected, whatever their kinds', async () => {
    // Coder's subject, and desk's client.
    const token = await suite.clientToken('coder');
    expect(await suite.call(token)).toMatchObject({
      status: 403,
      body: { code: 'ambiguous_token' },
    });
  });

  it('is rejected when two sets of conditions hold', async () => {
    const bind = (agent: string, conditions: object[], conditionsDigest: string) => ({
      id: newId(),
      agentId: suite.people.id(agent),
      kind: 'subject' as const,
      issuerId: suite.people.issuerId,
      subject: 'workload',
      conditions,
      conditionsDigest,
      createdAt: new Date(),
    });
    const repository = { claim: 'repository_id', equals: '17' };
    const environment = { claim: '/deploy/environment', equals: 'production' };
    await suite.people.change((tx) =>
      tx.binding.createMany({
        data: [bind('coder', [repository], 'a'), bind('desk', [environment], 'b')],
      }),
    );
    const withClaims = async (claims: object) =>
      suite.call(await suite.idpToken({ sub: 'workload', ...claims }));
    expect((await withClaims({ repository_id: '17' })).status).toBe(200);
    expect(await withClaims({ repository_id: 17 })).toMatchObject({
      body: { code: 'unbound_token' },
    });
    expect(await withClaims({ repository_id: ['17'] })).toMatchObject({
      body: { code: 'unbound_token' },
    });
    expect(await withClaims({})).toMatchObject({ body: { code: 'unbound_token' } });
    expect(
      await withClaims({ repository_id: '17', deploy: { environment: 'production' } }),
    ).toMatchObject({ body: { code: 'ambiguous_token' } });
  });
});

describe('a token of our own', () => {
  it('names the agent, or a person and the agent as the current actor', async () => {
    const alone = await suite.call(await suite.people.ownToken());
    expect(alone.status).toBe(200);
    expect((await suite.entryOf(alone))?.data).toMatchObject({ identifiedBy: 'own_token' });
    expect((await suite.entryOf(alone))?.data).not.toHaveProperty('personId');
    const forAnn = await suite.call(await suite.actingFor('ann'));
    expect(forAnn.status).toBe(200);
    expect((await suite.entryOf(forAnn))?.data).toMatchObject({
      identifiedBy: 'own_token',
      personId: suite.people.id('ann'),
    });
    expect((await suite.call(await suite.actingFor('bob'))).status).toBe(403);
  });

  it.each([
    ['without a binding', () => ({ binding_id: undefined }), 'unbound_token'],
    ['with a binding that is none', () => ({ binding_id: newId() }), 'unbound_token'],
    [
      'with another agent’s name as client',
      () => ({ client_id: suite.people.id('coder') }),
      'unbound_token',
    ],
    [
      'of another agent by this one’s binding',
      () => ({ sub: suite.people.id('coder'), client_id: suite.people.id('coder') }),
      'unbound_token',
    ],
    ['about a person without an actor', () => ({ sub: suite.people.id('ann') }), 'unbound_token'],
    [
      'about nobody',
      () => ({ sub: newId(), act: { sub: suite.people.id('desk') } }),
      'unknown_person',
    ],
    [
      'with another agent as the current actor',
      () => ({
        sub: suite.people.id('ann'),
        act: { sub: suite.people.id('coder'), act: { sub: suite.people.id('desk') } },
      }),
      'unbound_token',
    ],
    [
      'handed on by nobody',
      () => ({
        sub: suite.people.id('ann'),
        act: { sub: suite.people.id('desk'), act: { sub: newId() } },
      }),
      'agent_not_active',
    ],
    [
      'with a delegation that is none',
      () => ({
        sub: suite.people.id('ann'),
        act: { sub: suite.people.id('desk') },
        delegation_id: newId(),
      }),
      'delegation_not_in_force',
    ],
    [
      'whose scope is another tool server',
      () => ({ scope: 'tools:everything' }),
      'insufficient_scope',
    ],
  ])('%s is rejected', async (_what, claims, code) => {
    const answer = await suite.call(await suite.people.ownToken(claims()));
    expect(answer).toMatchObject({ status: 403, body: { code } });
    expect(suite.gateway.rest.seen).toEqual([]);
  });

  it('with a delegation that is no text is no token', async () => {
    const act = { sub: suite.people.id('desk') };
    const claims = { sub: suite.people.id('ann'), act, delegation_id: 7 };
    const answer = await suite.call(await suite.people.ownToken(claims));
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(suite.gateway.rest.seen).toEqual([]);
  });

  it('lists no tool that its scope does not reach, and a wider scope reaches them', async () => {
    const list = async (scope: string) => {
      const token = await suite.people.ownToken({ scope });
      const response = await fetch(`${suite.gateway.url}/v1/tools`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return ((await response.json()) as { tools: unknown[] }).tools.length;
    };
    expect(await list('tools:everything')).toBe(0);
    expect(await list('tools:helpdesk')).toBe(3);
    expect(await list('tools')).toBe(3);
  });

  it('of a withdrawn signing key is not valid', async () => {
    const token = await suite.people.ownToken();
    const key = await suite.people.db.signingKey.findFirstOrThrow();
    await suite.people.change((tx) => tx.signingKey.delete({ where: { id: key.id } }), 'registry');
    const answer = await suite.call(token);
    await suite.people.change(
      (tx) => tx.signingKey.create({ data: { ...key, publicKey: key.publicKey as object } }),
      'registry',
    );
    expect(answer).toMatchObject({ status: 401, body: { reason: 'unknown_key' } });
    expect((await suite.call(token)).status).toBe(200);
  });
});
