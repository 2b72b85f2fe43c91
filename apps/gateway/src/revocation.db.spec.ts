import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bumpEpoch, transaction, type Tx } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import {
  AUDIENCE,
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

describe('a revocation', () => {
  const revoke = (tokenId: string) =>
    suite.people.change(
      (tx) =>
        tx.revokedToken.create({
          data: {
            issuer: suite.gateway.idp.issuer,
            tokenId,
            expiresAt: new Date(Date.now() + 600_000),
            revokedAt: new Date(),
          },
        }),
      'registry',
    );
  const revokeAgent = (tokensRevokedBefore: Date | null) =>
    suite.people.change(
      (tx) =>
        tx.agent.update({ where: { id: suite.people.id('coder') }, data: { tokensRevokedBefore } }),
      'registry',
    );

  it('of one token makes that token, and no other, 401', async () => {
    const jti = newId();
    const token = await suite.idpToken({ sub: 'coder', jti });
    const other = await suite.idpToken({ sub: 'coder' });
    expect((await suite.call(token)).status).toBe(200);
    await revoke(jti);
    const answer = await suite.call(token);
    expect(answer).toMatchObject({ status: 401, body: { reason: 'revoked' } });
    expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
    expect((await suite.call(other)).status).toBe(200);
    const about = await suite.idpToken({ sub: 'ann', jti });
    expect(await suite.call(other, { ...search, onBehalfOf: about })).toMatchObject({
      status: 403,
      body: { code: 'person_not_proven' },
    });
  });

  it('of all tokens of an agent or a person rejects those issued before it', async () => {
    const revokedBefore = new Date(Math.ceil(Date.now() / 1000) * 1000);
    const token = await suite.idpToken({ sub: 'coder' });
    await revokeAgent(revokedBefore);
    expect(await suite.call(token)).toMatchObject({ status: 401, body: { reason: 'revoked' } });
    // Issued in the second that begins with the revocation.
    const after = await new SignJWT({
      iss: suite.gateway.idp.issuer,
      aud: AUDIENCE,
      sub: 'coder',
      client_id: 'c',
      jti: newId(),
    })
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: suite.gateway.idp.kid })
      .setIssuedAt(revokedBefore)
      .setExpirationTime('5m')
      .sign(suite.gateway.idp.privateKey);
    expect((await suite.call(after)).status).toBe(200);
    await revokeAgent(null);
    const revokeAnn = (tokensRevokedBefore: Date | null) =>
      suite.people.change(
        (tx) =>
          tx.person.update({
            where: { id: suite.people.id('ann') },
            data: { tokensRevokedBefore },
          }),
        'people',
      );
    const annToken = await suite.clientToken('ann');
    const aboutAnn = await suite.idpToken({ sub: 'ann' });
    const own = await suite.actingFor('ann', { iat: Math.floor(Date.now() / 1000) - 60 });
    // A token’s iat is in whole seconds: one of this second was issued before the second’s end.
    await revokeAnn(new Date(Math.ceil(Date.now() / 1000) * 1000));
    expect((await suite.call(annToken)).status).toBe(401);
    expect((await suite.call(own)).status).toBe(401);
    expect((await suite.call(token, { ...search, onBehalfOf: aboutAnn })).status).toBe(403);
    await revokeAnn(null);
    expect((await suite.call(annToken)).status).toBe(200);
  });

  it('by an agent’s expiry holds before any worker suspends the agent', async () => {
    const setExpiry = (expiresAt: Date | null) =>
      suite.people.change(
        (tx) => tx.agent.update({ where: { id: suite.people.id('coder') }, data: { expiresAt } }),
        'registry',
      );
    await setExpiry(new Date(Date.now() - 1));
    const answer = await suite.call(await suite.gateway.token('coder'));
    await setExpiry(null);
    expect(answer).toMatchObject({ status: 403, body: { code: 'agent_not_active' } });
  });

  it('of an issuer makes its tokens 401, and rejects ours that were obtained with them', async () => {
    const [theirs, ours] = [
      await suite.gateway.token('coder'),
      await suite.people.ownToken({ binding_id: suite.people.id('client binding') }),
    ];
    const setRetired = (retiredAt: Date | null) =>
      suite.people.change(
        (tx) => tx.issuer.update({ where: { id: suite.people.issuerId }, data: { retiredAt } }),
        'registry',
      );
    expect((await suite.call(ours)).status).toBe(200);
    await setRetired(new Date());
    const answers = [await suite.call(theirs), await suite.call(ours)];
    await setRetired(null);
    expect(answers).toMatchObject([
      { status: 401, body: { reason: 'unknown_issuer' } },
      { status: 403, body: { code: 'unbound_token' } },
    ]);
  });

  it.each([
    ['tool', (): string | null => suite.searchId],
    ['server', (): string | null => suite.helpdeskId],
    ['everything', (): string | null => null],
  ] as const)(
    'by a kill switch for %s is a recorded denial with its reason',
    async (scope, target) => {
      const id = newId();
      const killSwitch = {
        id,
        scope,
        targetId: target(),
        reason: 'leaks data',
        activatedAt: new Date(),
      };
      await suite.people.change((tx) => tx.killSwitch.create({ data: killSwitch }), 'registry');
      const answer = await suite.call(await suite.gateway.token('coder'));
      await suite.people.change(
        (tx) => tx.killSwitch.update({ where: { id }, data: { releasedAt: new Date() } }),
        'registry',
      );
      expect(answer).toMatchObject({
        status: 403,
        body: { code: 'denied', decisionCode: 'kill_switch_active' },
      });
      expect(answer.body['reason']).toContain('leaks data');
      expect(await suite.entryOf(answer)).toMatchObject({
        type: 'call.intent',
        data: { code: 'kill_switch_active' },
      });
      expect(suite.gateway.rest.seen).toEqual([]);
      expect((await suite.call(await suite.gateway.token('coder'))).status).toBe(200);
    },
  );

  it('removes tools from the list at once', async () => {
    const list = async () => {
      const response = await fetch(`${suite.gateway.url}/v1/tools`, {
        headers: { authorization: `Bearer ${await suite.clientToken('ann')}` },
      });
      return ((await response.json()) as { tools?: unknown[] }).tools?.length ?? 0;
    };
    expect(await list()).toBe(2);
    const member = await suite.people.db.groupMember.findFirstOrThrow({
      where: { personId: suite.people.id('ann') },
    });
    const key = { groupId_personId: { groupId: member.groupId, personId: member.personId } };
    // Without waiting until the gateway has loaded the change.
    const withoutWaiting = (work: (tx: Tx) => Promise<unknown>) =>
      transaction(suite.people.db, async (tx) => {
        await work(tx);
        await bumpEpoch(tx, 'people');
      });
    for (let round = 0; round < 10; round += 1) {
      await withoutWaiting((tx) => tx.groupMember.delete({ where: key }));
      expect(await list()).toBe(0);
      await withoutWaiting((tx) => tx.groupMember.create({ data: member }));
      expect(await list()).toBe(2);
    }
  });
});
