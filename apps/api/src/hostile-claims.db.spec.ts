import { newId } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf, sessionStatus } from './fixtures/answers.js';
import { addAccount } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import { CLIENT } from './fixtures/test-idp.js';
import {
  addSignalStream,
  askToken,
  assertionOf,
  dpopProof,
  idJagOf,
  openTokenCompany,
  sign,
  type TokenCompany,
} from './fixtures/token-company.fixture.js';
import { Visitor } from './fixtures/visitor.js';

// Issue 9: a claim of the wrong type, in every kind of token that we read, is told to its sender in the form
// of its address and never breaks anything. `jti: {}` passed.
const TEXT = [null, true, 7, {}, ['x']];
const TIME = [null, true, '7', {}, [7], 1e300];
const OBJECT = [null, true, 7, 'x', [{}]];
const TEXTS = [null, true, 7, {}, [7]];

const TEXT_CLAIMS = [
  'iss',
  'sub',
  'jti',
  'client_id',
  'azp',
  'sid',
  'nonce',
  'scope',
  'email',
  'name',
];
const TIME_CLAIMS = ['exp', 'nbf', 'iat', 'auth_time'];
const OBJECT_CLAIMS = ['act', 'may_act', 'events', 'sub_id'];

const CASES: readonly (readonly [string, readonly unknown[]])[] = [
  ...TEXT_CLAIMS.map((claim) => [claim, TEXT] as const),
  ...TIME_CLAIMS.map((claim) => [claim, TIME] as const),
  ...OBJECT_CLAIMS.map((claim) => [claim, OBJECT] as const),
  ...['aud', 'scp'].map((claim) => [claim, TEXTS] as const),
];

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const SET_AUDIENCE = 'https://gate.example.test/signals';
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const SESSION_REVOKED = 'https://schemas.openid.net/secevent/caep/event-type/session-revoked';

let database: TestDatabase;
let gate: TestApi;
let company: TokenCompany;

beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  company = await openTokenCompany(gate);
  await addSignalStream(gate, company, SET_AUDIENCE);
});
afterAll(async () => {
  await company.close();
  await gate.close();
  await database.drop();
});

type Claims = Record<string, unknown>;
const seconds = (): number => Math.floor(Date.now() / 1000);

const byKey = async (claims: Claims = {}) => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: await assertionOf(company.coder, gate.origin, { claims }),
});
const oauthAnswer = async (form: Record<string, string>, headers?: Record<string, string>) => {
  const { status, body } = await askToken(gate.origin, form, headers);
  return `${status} ${typeof body.error === 'string' ? 'error' : 'token'}`;
};
const post = async (path: string, type: string, body: string) => {
  const headers = { 'content-type': type };
  const answer = await fetch(`${gate.origin}${path}`, { method: 'POST', headers, body });
  const text = await answer.text();
  const said = text === '' ? {} : (JSON.parse(text) as { err?: unknown; error?: unknown });
  return `${answer.status} ${typeof (said.err ?? said.error) === 'string' ? 'error' : 'done'}`;
};

/** Each kind of token: sends one with these claims, and answers what came of it. */
const KINDS: readonly (readonly [string, (claims: Claims) => Promise<string>, string, string])[] = [
  [
    'an access token',
    async (claims) => {
      const { idp } = company;
      const proper = {
        claims: {
          iss: idp.issuer,
          aud: gate.origin,
          sub: 'coder',
          client_id: 'client-1',
          jti: newId(),
          iat: seconds(),
          exp: seconds() + 60,
        },
        header: { alg: 'RS256', kid: idp.kid, typ: 'at+jwt' },
        key: idp.privateKey,
      };
      return oauthAnswer({
        grant_type: EXCHANGE,
        subject_token_type: ACCESS_TOKEN,
        subject_token: await sign({ claims }, proper),
      });
    },
    '200 token',
    '401 error',
  ],
  [
    'a client’s assertion',
    async (claims) => oauthAnswer({ grant_type: 'client_credentials', ...(await byKey(claims)) }),
    '200 token',
    '401 error',
  ],
  [
    'an ID-JAG',
    async (claims) =>
      oauthAnswer({
        grant_type: JWT_BEARER,
        assertion: await idJagOf(company, company.coder, gate.origin, { claims }),
        ...(await byKey()),
      }),
    '200 token',
    '400 error',
  ],
  [
    'a DPoP proof',
    async (claims) => {
      const pair = await generateKeyPair('ES256', { extractable: true });
      const dpop = await dpopProof(pair, `${gate.origin}/oauth/token`, { claims });
      return oauthAnswer({ grant_type: 'client_credentials', ...(await byKey()) }, { dpop });
    },
    '200 token',
    '400 error',
  ],
  [
    'a security event token',
    async (claims) => {
      const { idp } = company;
      const proper = {
        claims: {
          iss: idp.issuer,
          aud: SET_AUDIENCE,
          jti: newId(),
          iat: seconds(),
          sub_id: { format: 'opaque', id: 'nobody' },
          events: { [SESSION_REVOKED]: {} },
        },
        header: { alg: 'RS256', kid: idp.kid, typ: 'secevent+jwt' },
        key: idp.privateKey,
      };
      return post('/ssf/events', 'application/secevent+jwt', await sign({ claims }, proper));
    },
    '202 done',
    '400 error',
  ],
  [
    'a logout token',
    async (claims) => {
      const proper = {
        iss: gate.idp.issuer,
        aud: CLIENT.id,
        sub: 'nobody',
        jti: newId(),
        iat: seconds(),
        exp: seconds() + 60,
        events: { [LOGOUT_EVENT]: {} },
      };
      const token = await gate.idp.sign({ ...proper, ...claims }, { typ: 'logout+jwt' });
      const form = new URLSearchParams({ logout_token: token }).toString();
      const path = '/api/sign-in/back-channel-logout';
      return post(path, 'application/x-www-form-urlencoded', form);
    },
    '200 done',
    '400 error',
  ],
  [
    'an ID token',
    async (claims) => {
      await addAccount(gate, ['it']);
      const visitor = new Visitor(gate.origin);
      gate.idp.idToken = claims;
      const { search } = await visitor.follow('/api/sign-in');
      gate.idp.idToken = {};
      return `${await sessionStatus(visitor)} ${search}`;
    },
    '200 ',
    '401 ?signInError=failed',
  ],
];

describe.each(KINDS)('%s', (_kind, send, taken, rejected) => {
  it('is taken as it should be', async () => {
    expect(await send({})).toBe(taken);
  });

  it.each(CASES)(
    'is rejected in the right form when its %s has another type',
    async (claim, values) => {
      gate.lines.length = 0;
      for (const value of values)
        expect([claim, value, await send({ [claim]: value })]).toEqual([claim, value, rejected]);
      expect(
        gate.lines.filter((line) => (JSON.parse(line) as { level: number }).level >= 50),
      ).toEqual([]);
    },
  );
});

describe('an ID token', () => {
  const outcome = async (idToken: Claims) => {
    await addAccount(gate, ['it']);
    const visitor = new Visitor(gate.origin);
    gate.idp.idToken = idToken;
    const { search } = await visitor.follow('/api/sign-in');
    gate.idp.idToken = {};
    const { status } = await answerOf(visitor.send('GET', '/api/v1/session'));
    return `${status} ${search}`;
  };

  it.each([
    ['issued tomorrow', () => ({ iat: seconds() + 86_400, exp: seconds() + 90_000 })],
    ['issued beyond the tolerance', () => ({ iat: seconds() + 60 })],
    ['valid from tomorrow', () => ({ nbf: seconds() + 86_400, exp: seconds() + 90_000 })],
    ['valid from beyond the tolerance', () => ({ nbf: seconds() + 60 })],
  ])('%s signs nobody in', async (_name, claims) => {
    expect(await outcome(claims())).toBe('401 ?signInError=failed');
  });

  it('from within the tolerance does', async () => {
    expect(await outcome({ iat: seconds() + 3, nbf: seconds() + 3 })).toBe('200 ');
  });
});
