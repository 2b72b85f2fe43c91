import 'reflect-metadata';
import { HOUR_MS, newId } from '#libs/platform/kernel';
import { verifyLedger } from '#libs/engine/ledger';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { decodeJwt, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import {
  askToken,
  assertionOf,
  openTokenCompany,
  type TokenAgent,
  type TokenCompany,
  type TokenReply,
} from './fixtures/token-company.fixture.js';
import { signEverything } from './fixtures/sign-everything.fixture.js';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const DELEGATION = 'urn:gatehouse:params:oauth:token-type:delegation';
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

let database: TestDatabase;
let api: TestApi;
let company: TokenCompany;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startTestApi(database.appUrl);
  company = await openTokenCompany(api);
});

afterAll(async () => {
  await api.close();
  await company.close();
  await database.drop();
});

/** A token of the company's IdP. */
const idpToken = (sub: string, claims: Record<string, unknown> = {}) =>
  company.idp.accessToken({ sub, aud: api.origin, ...claims });

const exchange = (form: Record<string, string>, headers?: Record<string, string>) =>
  askToken(
    api.origin,
    {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: ACCESS_TOKEN,
      ...form,
    },
    headers,
  );

const byKey = async (agent: TokenAgent) => ({
  client_assertion_type: ASSERTION_TYPE,
  client_assertion: await assertionOf(agent, api.origin),
});

/** The agent, by its key, exchanges a token about somebody. */
const actFor = async (agent: TokenAgent, subject_token: string, more = {}) =>
  exchange({ subject_token, ...(await byKey(agent)), ...more });

const tokenOf = ({ body }: TokenReply): string => {
  if (body.access_token === undefined) throw new Error(JSON.stringify(body));
  return body.access_token;
};

const errorOf = async (reply: Promise<TokenReply>) => (await reply).body.error;

const lastEntry = async (agentId: string) => {
  const where = { type: 'issue-token', subjectId: agentId };
  const entry = await api.db.ledgerEntry.findFirst({ where, orderBy: { id: 'desc' } });
  return entry?.data as { outcome: string; facts: Record<string, unknown> } | undefined;
};

const delegate = async (over: Record<string, unknown> = {}) => {
  const id = newId();
  await api.db.delegation.create({
    data: {
      id,
      personId: company.adaId,
      agentId: company.coder.id,
      purpose: 'tests',
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + HOUR_MS),
      ...over,
    },
  });
  return id;
};

describe('an agent exchanges its own token', () => {
  it('for one of ours, of itself', async () => {
    const { coder } = company;
    const reply = await exchange({ subject_token: await idpToken('coder') });
    expect(decodeJwt(tokenOf(reply))).toMatchObject({
      iss: api.origin,
      sub: coder.id,
      client_id: coder.id,
      binding_id: coder.subjectBindingId,
      scope: 'tools',
    });
    expect(decodeJwt(tokenOf(reply))).not.toHaveProperty('act');
  });

  it('for a narrower one, never for a wider or longer one', async () => {
    const subject_token = tokenOf(await exchange({ subject_token: await idpToken('coder') }));
    const narrow = await exchange({ subject_token, scope: 'tools:helpdesk' });
    const narrower = tokenOf(narrow);
    expect(decodeJwt(narrower)['scope']).toBe('tools:helpdesk');
    expect(decodeJwt(narrower).exp).toBeLessThanOrEqual(decodeJwt(subject_token).exp ?? 0);
    expect(await errorOf(exchange({ subject_token: narrower, scope: 'tools' }))).toBe(
      'invalid_scope',
    );
    const other = { subject_token: narrower, scope: 'tools:everything' };
    expect(await errorOf(exchange(other))).toBe('invalid_scope');
    const same = await exchange({ subject_token: narrower });
    expect(decodeJwt(tokenOf(same))['scope']).toBe('tools:helpdesk');
  });

  it('that ends soon for one that ends as soon', async () => {
    const exp = Math.floor(Date.now() / 1000) + 30;
    const reply = await exchange({ subject_token: await idpToken('coder', { exp }) });
    expect(decodeJwt(tokenOf(reply)).exp).toBe(exp);
    expect(reply.body['expires_in']).toBeLessThanOrEqual(30);
  });

  it.each<[string, () => Promise<string>]>([
    ['no agent is bound to', () => idpToken('unbound')],
    ['is for somebody else', () => idpToken('coder', { aud: 'https://elsewhere.test' })],
    ['has expired', () => idpToken('coder', { exp: 1 })],
    ['comes from an unknown issuer', () => idpToken('coder', { iss: 'https://evil.test' })],
    ['pretends to be ours', () => idpToken(company.coder.id, { iss: api.origin })],
    [
      'is an ID token',
      () =>
        new SignJWT({ iss: company.idp.issuer, sub: 'coder', aud: api.origin, nonce: 'n' })
          .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: company.idp.kid })
          .setIssuedAt()
          .setExpirationTime('5m')
          .sign(company.idp.privateKey),
    ],
    [
      'is an ID-JAG',
      () =>
        new SignJWT({
          iss: company.idp.issuer,
          sub: 'coder',
          aud: api.origin,
          client_id: 'x',
          jti: 'x',
        })
          .setProtectedHeader({ alg: 'RS256', typ: 'oauth-id-jag+jwt', kid: company.idp.kid })
          .setIssuedAt()
          .setExpirationTime('5m')
          .sign(company.idp.privateKey),
    ],
  ])('unless it %s', async (_what, token) => {
    const reply = await exchange({ subject_token: await token() });
    expect([reply.status, reply.body.error]).toEqual([401, 'invalid_client']);
  });

  it('unless two bindings match it', async () => {
    const ofClient = () => idpToken('coder', { client_id: 'bound-twice' });
    const extra = await api.db.binding.create({
      data: {
        id: newId(),
        agentId: company.helper.id,
        kind: 'client',
        issuerId: company.issuerId,
        subject: 'bound-twice',
        createdAt: new Date(),
      },
    });
    await signEverything(api.db);
    const reply = await exchange({ subject_token: await ofClient() });
    expect(reply.body.error).toBe('invalid_client');
    await api.db.binding.delete({ where: { id: extra.id } });
    await signEverything(api.db);
    expect((await exchange({ subject_token: await ofClient() })).status).toBe(200);
  });

  it('unless somebody blocked it, or its issuer is retired', async () => {
    const at = new Date();
    const caller = { issuerId: company.issuerId, subject: 'coder', clientId: 'client-1' };
    const seen = { firstSeenAt: at, lastSeenAt: at, attempts: 1, lastSource: '::1', blockedAt: at };
    const blocked = await api.db.unregisteredAgent.create({
      data: { id: newId(), ...caller, ...seen },
    });
    expect(await errorOf(exchange({ subject_token: await idpToken('coder') }))).toBe(
      'invalid_client',
    );
    await api.db.unregisteredAgent.delete({ where: { id: blocked.id } });
    const where = { id: company.issuerId };
    // As the command that retires it does: the epoch moves.
    const retire = async (retiredAt: Date | null) => {
      await api.db.issuer.update({ where, data: { retiredAt } });
      await signEverything(api.db);
      await api.db.$queryRaw`SELECT epoch_move(false, true)`;
    };
    await retire(at);
    expect(await errorOf(exchange({ subject_token: await idpToken('coder') }))).toBe(
      'invalid_client',
    );
    await retire(null);
  });
});

describe('an agent acts for a person', () => {
  it('with a token about them, by its own key', async () => {
    const { coder, adaId } = company;
    const reply = await actFor(coder, await idpToken('ada'));
    expect(decodeJwt(tokenOf(reply))).toMatchObject({
      sub: adaId,
      client_id: coder.id,
      act: { sub: coder.id },
      scope: 'tools',
    });
    expect(await lastEntry(coder.id)).toMatchObject({
      outcome: 'succeeded',
      facts: {
        personId: adaId,
        identifiedBy: 'subject_token',
        subjectTokenDigest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    });
  });

  it('with a token about them, by its own token as the actor’s', async () => {
    const actor = { actor_token: await idpToken('coder'), actor_token_type: ACCESS_TOKEN };
    const reply = await exchange({ subject_token: await idpToken('ada'), ...actor });
    expect(decodeJwt(tokenOf(reply))).toMatchObject({
      sub: company.adaId,
      act: { sub: company.coder.id },
    });
    const ours = tokenOf(
      await exchange({ subject_token: await idpToken('coder'), scope: 'tools:helpdesk' }),
    );
    const narrow = { actor_token: ours, actor_token_type: ACCESS_TOKEN };
    const narrowed = await exchange({ subject_token: await idpToken('ada'), ...narrow });
    expect(decodeJwt(tokenOf(narrowed))['scope']).toBe('tools:helpdesk');
  });

  it('keeps everybody who acted before in the chain, at most four', async () => {
    const { coder, helper, adaId } = company;
    let token = tokenOf(await actFor(coder, await idpToken('ada')));
    token = tokenOf(await actFor(helper, token));
    expect(decodeJwt(token)).toMatchObject({
      sub: adaId,
      client_id: helper.id,
      act: { sub: helper.id, act: { sub: coder.id } },
    });
    token = tokenOf(await actFor(coder, token));
    token = tokenOf(await actFor(helper, token));
    const four = {
      sub: helper.id,
      act: { sub: coder.id, act: { sub: helper.id, act: { sub: coder.id } } },
    };
    expect(decodeJwt(token)['act']).toEqual(four);
    expect(await errorOf(actFor(coder, token))).toBe('invalid_request');
    // Exchanged by the one who acts already it does not grow.
    expect(decodeJwt(tokenOf(await actFor(helper, token)))['act']).toEqual(four);
    expect(decodeJwt(tokenOf(await exchange({ subject_token: token })))['act']).toEqual(four);
  });

  it('not through an agent that was suspended since', async () => {
    const { coder, helper } = company;
    const token = tokenOf(await actFor(coder, await idpToken('ada')));
    const suspend = async (state: 'active' | 'suspended') => {
      await api.db.agent.update({ where: { id: coder.id }, data: { state } });
      await signEverything(api.db);
    };
    await suspend('suspended');
    expect(await errorOf(actFor(helper, token))).toBe('invalid_request');
    await suspend('active');
    expect((await actFor(helper, token)).status).toBe(200);
  });

  it.each<[string, (coder: TokenAgent) => Record<string, unknown> | string, boolean]>([
    ['our id', ({ id }) => ({ sub: id, iss: api.origin }), true],
    ['its subject at the same issuer', () => ({ sub: 'coder' }), true],
    ['its subject at a named issuer', () => ({ sub: 'coder', iss: company.idp.issuer }), true],
    ['another agent', () => ({ sub: 'helper' }), false],
    ['our id as if it were the issuer’s', ({ id }) => ({ sub: id }), false],
    ['its subject at another issuer', () => ({ sub: 'coder', iss: 'https://other.test' }), false],
    ['a client that it is not', () => ({ sub: 'coder', client_id: 'another' }), false],
    ['something that is not understood', () => ({ sub: 'coder', tenant: 'x' }), false],
    ['nobody', () => ({}), false],
    ['a text', () => 'coder', false],
  ])('as may_act says, where that is %s', async (_what, canAct, isAllowed) => {
    const subject = await idpToken('ada', { may_act: canAct(company.coder) });
    const reply = await actFor(company.coder, subject);
    expect(reply.body.error).toBe(isAllowed ? undefined : 'invalid_request');
  });

  it.each<[string, () => Promise<string>]>([
    ['about somebody unknown', () => idpToken('nobody')],
    ['about an agent', () => idpToken('helper', { client_id: 'helper' })],
    ['about somebody disabled', () => idpToken('gone')],
    ['for somebody else', () => idpToken('ada', { aud: 'https://elsewhere.test' })],
    ['that has expired', () => idpToken('ada', { exp: 1 })],
    ['of an unknown issuer', () => idpToken('ada', { iss: 'https://evil.test' })],
    ['with actors of another issuer', () => idpToken('ada', { act: { sub: 'x' } })],
    ['that is no token', () => Promise.resolve('ada')],
    ['that is a bare id', () => Promise.resolve(company.adaId)],
  ])('not with a token %s, and the rejection is an entry', async (_what, token) => {
    const reply = await actFor(company.coder, await token());
    expect([reply.status, reply.body.error]).toEqual([400, 'invalid_request']);
    expect((await lastEntry(company.coder.id))?.outcome).toBe('rejected');
  });

  it('not with a token from before the person’s tokens were revoked, nor one that was revoked', async () => {
    const where = { id: company.adaId };
    const cut = (tokensRevokedBefore: Date | null) =>
      api.db.person.update({ where, data: { tokensRevokedBefore } });
    const token = await idpToken('ada');
    await cut(new Date(Date.now() + 2000));
    expect(await errorOf(actFor(company.coder, token))).toBe('invalid_request');
    await cut(null);
    const { jti = '', exp = 0 } = decodeJwt(token);
    const times = { expiresAt: new Date(exp * 1000), revokedAt: new Date() };
    const issuer = company.idp.issuer;
    await api.db.revokedToken.create({ data: { issuer, tokenId: jti, ...times } });
    expect(await errorOf(actFor(company.coder, token))).toBe('invalid_request');
  });

  it('not with an actor token that is about a person itself', async () => {
    const about = tokenOf(await actFor(company.coder, await idpToken('ada')));
    const actor = { actor_token: about, actor_token_type: ACCESS_TOKEN };
    const reply = await exchange({ subject_token: await idpToken('ada'), ...actor });
    expect(reply.body.error).toBe('invalid_request');
  });
});

describe('a standing delegation', () => {
  const byDelegation = async (agent: TokenAgent, id: string, more = {}) =>
    actFor(agent, id, { subject_token_type: DELEGATION, ...more });

  it('is proof enough for the agent that it was granted to', async () => {
    const id = await delegate();
    const reply = await byDelegation(company.coder, id);
    expect(decodeJwt(tokenOf(reply))).toMatchObject({
      sub: company.adaId,
      act: { sub: company.coder.id },
      delegation_id: id,
    });
    expect(await lastEntry(company.coder.id)).toMatchObject({
      facts: { identifiedBy: 'delegation', delegationId: id },
    });
  });

  it('reaches no further than it says, and cannot be handed on', async () => {
    const id = await delegate({ serverId: company.serverId });
    const token = tokenOf(await byDelegation(company.coder, id));
    expect(decodeJwt(token)['scope']).toBe('tools:helpdesk');
    expect(await errorOf(byDelegation(company.coder, id, { scope: 'tools' }))).toBe(
      'invalid_scope',
    );
    expect(await errorOf(actFor(company.helper, token))).toBe('invalid_request');
    const again = tokenOf(await exchange({ subject_token: token }));
    expect(decodeJwt(again)).toMatchObject({ delegation_id: id, scope: 'tools:helpdesk' });
  });

  it('is none when it is another agent’s, over, withdrawn, or made up', async () => {
    const expired = await delegate({ expiresAt: new Date(Date.now() - 1000) });
    const withdrawn = await delegate({ withdrawnAt: new Date() });
    const others = await delegate({ agentId: company.helper.id });
    const ofGone = await delegate({ personId: company.goneId });
    for (const id of [expired, withdrawn, others, ofGone, newId(), 'ada', '../x'])
      expect([id, await errorOf(byDelegation(company.coder, id))]).toEqual([id, 'invalid_request']);
    const id = await delegate();
    const token = tokenOf(await byDelegation(company.coder, id));
    await api.db.delegation.update({ where: { id }, data: { withdrawnAt: new Date() } });
    expect(await errorOf(exchange({ subject_token: token }))).toBe('invalid_request');
  });

  it('is no way to say who one is', async () => {
    const form = { subject_token: await delegate(), subject_token_type: DELEGATION };
    expect(await errorOf(exchange(form))).toBe('invalid_client');
  });
});

describe('the ledger of exchanges', () => {
  it('verifies', async () => {
    expect(await verifyLedger(database.superuserUrl)).toMatchObject({ ok: true });
  });
});
