import { ADVISORY_LOCKS } from '#libs/platform/db';
import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
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

describe('a caller whom nobody registered', () => {
  const inbox = () => suite.people.db.unregisteredAgent.findMany({ where: { subject: 'stray' } });

  it('is seen in the inbox with what it asked for; blocked, it is rejected and not noted', async () => {
    const token = await suite.idpToken({ sub: 'stray', client_id: 'stray-app' });
    expect(await suite.call(token)).toMatchObject({ status: 403, body: { code: 'unbound_token' } });
    await expect.poll(async () => (await inbox()).length, { timeout: 20_000 }).toBe(1);
    const [seen] = await inbox();
    expect(seen).toMatchObject({
      issuerId: suite.people.issuerId,
      clientId: 'stray-app',
      attempts: 1,
      lastMethod: 'tools/call',
      lastServer: 'helpdesk',
      lastTool: 'search_tickets',
    });
    await suite.people.change(
      (tx) =>
        tx.unregisteredAgent.updateMany({
          where: { subject: 'stray' },
          data: { blockedAt: new Date() },
        }),
      'registry',
    );
    expect(await suite.call(token)).toMatchObject({
      status: 403,
      body: { code: 'agent_blocked' },
    });
    // Another client's token of the same subject is another caller.
    expect(await suite.call(await suite.idpToken({ sub: 'stray' }))).toMatchObject({
      body: { code: 'unbound_token' },
    });
    await expect.poll(async () => (await inbox()).length, { timeout: 20_000 }).toBe(2);
    expect((await inbox()).find(({ clientId }) => clientId === 'stray-app')?.attempts).toBe(1);
  });
});

describe('a token that is bound to a key', () => {
  const bound = async (claims: Record<string, unknown> = {}) => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    const token = await suite.idpToken({
      sub: 'coder',
      cnf: { jkt: await calculateJwkThumbprint(jwk) },
      ...claims,
    });
    const prove = (claims: Record<string, unknown> = {}) =>
      new SignJWT({
        htm: 'POST',
        htu: `${suite.gateway.url}/v1/tool-calls`,
        ath: createHash('sha256').update(token).digest('base64url'),
        jti: newId(),
        ...claims,
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
        .setIssuedAt()
        .sign(privateKey);
    const send = (headers: Record<string, string>) =>
      suite.call(token, search, { authorization: `DPoP ${token}`, ...headers });
    return { token, prove, send };
  };

  it('is good with a proof of that key, once', async () => {
    const { prove, send } = await bound();
    const dpop = await prove();
    expect((await send({ dpop })).status).toBe(200);
    expect(await send({ dpop })).toMatchObject({ status: 401, body: { reason: 'dpop_replayed' } });
  });

  it('takes no room for its proofs while nobody is bound to it', async () => {
    const stray = await bound({ sub: 'stray', client_id: 'bound-stray' });
    const dpop = await stray.prove();
    for (const _again of [1, 2])
      expect(await stray.send({ dpop })).toMatchObject({ body: { code: 'unbound_token' } });
    expect(await stray.send({})).toMatchObject({ body: { reason: 'dpop_missing' } });
  });

  it('survives that its call is evaluated twice', async () => {
    const { prove, send } = await bound();
    // An evaluation that another epoch overtakes before it is recorded.
    await suite.superuser.query(`BEGIN; SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.epoch})`);
    const pending = send({ dpop: await prove() });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await suite.superuser.query('UPDATE epoch SET value = value + 1, registry = value + 1; COMMIT');
    expect((await pending).status).toBe(200);
  });

  it('is rejected otherwise, and told that a DPoP proof is due', async () => {
    const { token, prove, send } = await bound();
    const other = await bound();
    const rejected = [
      await suite.call(token),
      await send({}),
      await send({ dpop: await prove({ htm: 'GET' }) }),
      await send({ dpop: await prove({ htu: `${suite.gateway.url}/mcp` }) }),
      await send({
        dpop: await other.prove({ ath: createHash('sha256').update(token).digest('base64url') }),
      }),
    ];
    for (const { status, headers } of rejected) {
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toMatch(/^DPoP /);
    }
    const plain = await suite.gateway.token('coder');
    const unbound = await suite.call(plain, search, {
      authorization: `DPoP ${plain}`,
      dpop: await prove(),
    });
    expect(unbound).toMatchObject({ status: 401, body: { reason: 'dpop_unbound' } });
    const mtls = await suite.idpToken({ sub: 'coder', cnf: { 'x5t#S256': 'abc' } });
    expect((await suite.call(mtls)).status).toBe(401);
    expect(suite.gateway.rest.seen).toEqual([]);
  });
});
