import 'reflect-metadata';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { calculateJwkThumbprint, decodeJwt, exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import {
  askToken,
  assertionOf,
  dpopProof,
  openTokenCompany,
  type TokenCompany,
  type TokenReply,
} from './fixtures/token-company.fixture.js';

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

const idpToken = (sub: string) => company.idp.accessToken({ sub, aud: api.origin });

const exchange = (form: Record<string, string>, headers?: Record<string, string>) =>
  askToken(
    api.origin,
    {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      ...form,
    },
    headers,
  );

const tokenOf = ({ body }: TokenReply): string => {
  if (body.access_token === undefined) throw new Error(JSON.stringify(body));
  return body.access_token;
};

const errorOf = async (reply: Promise<TokenReply>) => (await reply).body.error;

describe('a token bound to a key (DPoP)', () => {
  it('is issued on a proof, and exchanged only with another by the same key', async () => {
    const pair = await generateKeyPair('ES256', { extractable: true });
    const htu = `${api.origin}/oauth/token`;
    const proof = () => dpopProof(pair, htu);
    const jkt = await calculateJwkThumbprint(await exportJWK(pair.publicKey));
    const reply = await exchange(
      { subject_token: await idpToken('coder') },
      { dpop: await proof() },
    );
    expect(reply.body['token_type']).toBe('DPoP');
    const token = tokenOf(reply);
    expect(decodeJwt(token)['cnf']).toEqual({ jkt });
    expect(await errorOf(exchange({ subject_token: token }))).toBe('invalid_dpop_proof');
    const thief = await generateKeyPair('ES256', { extractable: true });
    const stolen = exchange({ subject_token: token }, { dpop: await dpopProof(thief, htu) });
    expect(await errorOf(stolen)).toBe('invalid_dpop_proof');
    const again = await exchange({ subject_token: token }, { dpop: await proof() });
    expect(decodeJwt(tokenOf(again))['cnf']).toEqual({ jkt });
  });

  it('needs a proof for this very request, which is valid once over all replicas', async () => {
    const pair = await generateKeyPair('ES256', { extractable: true });
    const htu = `${api.origin}/oauth/token`;
    const ask = async (dpop: string) =>
      exchange({ subject_token: await idpToken('coder') }, { dpop });
    const once = await dpopProof(pair, htu);
    expect((await ask(once)).status).toBe(200);
    expect((await ask(once)).body.error).toBe('invalid_dpop_proof');
    const other = await startTestApi(database.appUrl);
    // A replica that never saw it: only the database can tell.
    const jti = 'one-proof';
    expect((await ask(await dpopProof(pair, htu, { claims: { jti } }))).status).toBe(200);
    const elsewhere = await dpopProof(pair, `${other.origin}/oauth/token`, { claims: { jti } });
    const assertion = await assertionOf(company.coder, other.origin);
    const replayed = await askToken(
      other.origin,
      {
        grant_type: 'client_credentials',
        client_assertion_type: ASSERTION_TYPE,
        client_assertion: assertion,
      },
      { dpop: elsewhere },
    );
    expect(replayed.body.error).toBe('invalid_dpop_proof');
    await other.close();
    const bad = [
      await dpopProof(pair, `${api.origin}/oauth/jwks`),
      await dpopProof(pair, htu, { claims: { htm: 'GET' } }),
      await dpopProof(pair, htu, { claims: { iat: 1 } }),
      await dpopProof(pair, htu, { header: { typ: 'JWT' } }),
      `${await dpopProof(pair, htu)},${await dpopProof(pair, htu)}`,
      'x',
    ];
    for (const proof of bad) expect((await ask(proof)).body.error).toBe('invalid_dpop_proof');
  });
});
