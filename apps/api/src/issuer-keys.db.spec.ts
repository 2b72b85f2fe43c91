import { newId } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addSignalStream,
  askToken,
  openTokenCompany,
  type TokenCompany,
} from './fixtures/token-company.fixture.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';

const AUDIENCE = 'https://gate.example.test/signals';

let database: TestDatabase;
let gate: TestApi;
let company: TokenCompany;

beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  company = await openTokenCompany(gate);
  await addSignalStream(gate, company, AUDIENCE);
});
afterAll(async () => {
  await company.close();
  await gate.close();
  await database.drop();
});

/** A token of an issuer that we trust, under a key id that it never published. */
const floodToken = (typ: string, claims: Record<string, unknown>) =>
  new SignJWT({ iss: company.idp.issuer, jti: newId(), ...claims })
    .setProtectedHeader({ alg: 'RS256', typ, kid: newId() })
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(company.idp.privateKey);

describe('a flood of unknown key ids', () => {
  it('has the issuer asked once by the whole process, whichever address it comes to (I5)', async () => {
    const ask = async () => {
      const subject = await floodToken('at+jwt', {
        sub: 'coder',
        aud: gate.origin,
        client_id: 'client-1',
      });
      const { status } = await askToken(gate.origin, {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: subject,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      });
      return status;
    };
    const push = async () => {
      const body = await floodToken('secevent+jwt', {
        aud: AUDIENCE,
        sub_id: { format: 'opaque', id: 'x' },
        events: { 'https://schemas.openid.net/secevent/caep/event-type/session-revoked': {} },
      });
      const headers = { 'content-type': 'application/secevent+jwt', accept: 'application/json' };
      const answer = await fetch(`${gate.origin}/ssf/events`, { method: 'POST', headers, body });
      return ((await answer.json()) as { err: string }).err;
    };
    expect(await ask()).toBe(401);
    expect(company.idp.fetches).toEqual({ jwks: 1, metadata: 1 });
    expect(await push()).toBe('invalid_key');
    await Promise.all(Array.from({ length: 10 }, () => Promise.all([ask(), push()])));
    expect(company.idp.fetches).toEqual({ jwks: 1, metadata: 1 });
  });
});
