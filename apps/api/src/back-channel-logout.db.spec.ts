import { generateKeyPair, SignJWT } from 'jose';
import { newId } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf } from './fixtures/answers.js';
import { addIdp } from './fixtures/issuers.js';
import { signedInAs } from './fixtures/signed-in.js';
import { addPerson } from './fixtures/people.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import { CLIENT, type TestIdp } from './fixtures/test-idp.js';
import { Visitor } from './fixtures/visitor.js';

// OpenID Connect Back-Channel Logout 1.0.
const ADDRESS = '/api/sign-in/back-channel-logout';
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let database: TestDatabase;
let gate: TestApi;
let second: { idp: TestIdp; issuerId: string };
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  const { visitor } = await signedInAs(gate, 'it');
  second = await addIdp(gate, visitor);
});
afterAll(async () => {
  await second.idp.close();
  await gate.close();
  await database.drop();
});

const now = () => Math.floor(Date.now() / 1000);
const claimsOf = (changes: Record<string, unknown> = {}) => ({
  iss: gate.idp.issuer,
  aud: CLIENT.id,
  iat: now(),
  exp: now() + 120,
  jti: newId(),
  events: { [EVENT]: {} },
  ...changes,
});
const TYP = { typ: 'logout+jwt' };
const post = async (body: string, headers: Record<string, string> = FORM) => {
  const answer = await fetch(`${gate.origin}${ADDRESS}`, { method: 'POST', headers, body });
  const text = await answer.text();
  return { status: answer.status, text, cacheControl: answer.headers.get('cache-control') };
};
const send = (token: string) => post(new URLSearchParams({ logout_token: token }).toString());
const logout = async (changes: Record<string, unknown>, idp = gate.idp) =>
  send(await idp.sign(claimsOf({ iss: idp.issuer, ...changes }), TYP));

/** A session and what the IdP knows it by. */
const session = async () => {
  const { id, visitor } = await signedInAs(gate, 'grc');
  const row = await gate.db.consoleSession.findFirstOrThrow({
    where: { sess: { path: ['personId'], equals: id } },
  });
  const { idpSubject: sub, idpSession: sid } = row.sess as Record<string, string>;
  return { id, visitor, sub, sid };
};
const isIn = async (visitor: Visitor) =>
  (await answerOf(visitor.send('GET', '/api/v1/session'))).status === 200;

describe('a logout token', () => {
  it.each(['sub', 'sid'] as const)('ends the sessions of its %s, and no other', async (by) => {
    const [one, other] = [await session(), await session()];
    expect(await logout({ [by]: one[by] })).toEqual({
      status: 200,
      text: '',
      cacheControl: 'no-store',
    });
    expect([await isIn(one.visitor), await isIn(other.visitor)]).toEqual([false, true]);
    const entries = await gate.db.ledgerEntry.findMany({
      where: { type: 'end-idp-sessions', subjectId: one.id },
    });
    expect(entries).toMatchObject([
      { actorKind: 'system', data: { outcome: 'succeeded', facts: { sessionsEnded: 1 } } },
    ]);
  });

  it('with both ends what fits both', async () => {
    const [one, other] = [await session(), await session()];
    await logout({ sub: one.sub, sid: other.sid });
    expect([await isIn(one.visitor), await isIn(other.visitor)]).toEqual([true, true]);
    await logout({ sub: one.sub, sid: one.sid });
    expect([await isIn(one.visitor), await isIn(other.visitor)]).toEqual([false, true]);
  });

  it('of somebody who is not here is good all the same', async () => {
    expect((await logout({ sub: 'nobody' })).status).toBe(200);
  });

  it('may leave out its type, be one of many audiences and come with other fields', async () => {
    const { sub, visitor } = await session();
    const token = await gate.idp.sign(claimsOf({ sub, aud: ['other', CLIENT.id] }));
    const body = new URLSearchParams({ logout_token: token, state: 'x' }).toString();
    expect((await post(body)).status).toBe(200);
    expect(await isIn(visitor)).toBe(false);
  });

  it('is valid once', async () => {
    const { sub, visitor } = await session();
    const token = await gate.idp.sign(claimsOf({ sub: 'somebody else' }), TYP);
    expect((await send(token)).status).toBe(200);
    expect((await send(token)).status).toBe(400);
    const claims = claimsOf({ sub });
    const answers = await Promise.all(
      [1, 2, 3].map(async () => send(await gate.idp.sign(claims, TYP))),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400]);
    expect(await isIn(visitor)).toBe(false);
  });

  it('of another IdP ends none of this one’s sessions', async () => {
    const { sub, sid, visitor } = await session();
    expect((await logout({ sub, sid }, second.idp)).status).toBe(200);
    expect((await logout({ sub }, second.idp)).status).toBe(200);
    expect(await isIn(visitor)).toBe(true);
  });

  it('comes from a real IdP when somebody signs out there', async () => {
    const subject = 'signs-out-there';
    await addPerson(gate.db, { issuer: second.idp.issuer, subject, roles: ['grc'] });
    second.idp.account = subject;
    const visitor = new Visitor(gate.origin);
    await visitor.signIn('/', second.issuerId);
    expect(await isIn(visitor)).toBe(true);
    // The IdP's own page, as a browser would use it.
    const page = await visitor.send('GET', `${second.idp.issuer}/session/end`);
    const form = await page.text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(form)?.[1] ?? '';
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    await fetch(`${second.idp.issuer}/session/end/confirm`, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...FORM, cookie },
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    });
    await expect.poll(() => isIn(visitor), { timeout: 10_000 }).toBe(false);
  });
});

describe('what is no logout token of ours', () => {
  const other = generateKeyPair('ES256');
  const signedElsewhere = async (claims: object) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'test', ...TYP })
      .sign((await other).privateKey);
  const unsigned = (claims: object) =>
    `${[{ alg: 'none', ...TYP }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;

  it.each<[string, (sub: string | undefined) => Promise<string> | string]>([
    ['no token', () => 'x'],
    ['another type', (sub) => gate.idp.sign(claimsOf({ sub }), { typ: 'JWT' })],
    ['an access token', (sub) => gate.idp.sign(claimsOf({ sub }), { typ: 'at+jwt' })],
    ['an ID token', (sub) => gate.idp.sign(claimsOf({ sub, events: undefined, nonce: 'n' }))],
    ['a nonce', (sub) => gate.idp.sign(claimsOf({ sub, nonce: 'n' }), TYP)],
    ['a nonce of null', (sub) => gate.idp.sign(claimsOf({ sub, nonce: null }), TYP)],
    ['no event', (sub) => gate.idp.sign(claimsOf({ sub, events: {} }), TYP)],
    ['events in a list', (sub) => gate.idp.sign(claimsOf({ sub, events: [EVENT] }), TYP)],
    ['an event of true', (sub) => gate.idp.sign(claimsOf({ sub, events: { [EVENT]: true } }), TYP)],
    [
      'another event',
      (sub) => gate.idp.sign(claimsOf({ sub, events: { [`${EVENT}/`]: {} } }), TYP),
    ],
    ['nobody named', () => gate.idp.sign(claimsOf(), TYP)],
    ['an empty subject', () => gate.idp.sign(claimsOf({ sub: '' }), TYP)],
    ['a numeric sid', (sub) => gate.idp.sign(claimsOf({ sub, sid: 7 }), TYP)],
    ['no jti', (sub) => gate.idp.sign(claimsOf({ sub, jti: undefined }), TYP)],
    ['a long jti', (sub) => gate.idp.sign(claimsOf({ sub, jti: 'j'.repeat(300) }), TYP)],
    ['no iat', (sub) => gate.idp.sign(claimsOf({ sub, iat: undefined }), TYP)],
    ['no exp', (sub) => gate.idp.sign(claimsOf({ sub, exp: undefined }), TYP)],
    ['an exp of long ago', (sub) => gate.idp.sign(claimsOf({ sub, exp: now() - 60 }), TYP)],
    ['an iat of tomorrow', (sub) => gate.idp.sign(claimsOf({ sub, iat: now() + 86_400 }), TYP)],
    ['an iat of yesterday', (sub) => gate.idp.sign(claimsOf({ sub, iat: now() - 86_400 }), TYP)],
    ['an endless exp', (sub) => gate.idp.sign(claimsOf({ sub, exp: 1e300 }), TYP)],
    ['another audience', (sub) => gate.idp.sign(claimsOf({ sub, aud: 'other' }), TYP)],
    ['no audience', (sub) => gate.idp.sign(claimsOf({ sub, aud: undefined }), TYP)],
    ['an unknown issuer', (sub) => gate.idp.sign(claimsOf({ sub, iss: 'https://x.test' }), TYP)],
    ['another IdP’s signature', (sub) => second.idp.sign(claimsOf({ sub }), TYP)],
    ['an unknown key’s signature', (sub) => signedElsewhere(claimsOf({ sub }))],
    ['no signature', (sub) => unsigned(claimsOf({ sub }))],
    ['half a character', (sub) => gate.idp.sign(claimsOf({ sub, sid: '\ud800' }), TYP)],
    ['NUL', (sub) => gate.idp.sign(claimsOf({ sub, sid: 'a\0' }), TYP)],
  ])('is rejected and ends nothing: %s', async (_, make) => {
    const { sub, visitor } = await session();
    const answer = await send(await make(sub));
    expect(answer).toMatchObject({ status: 400, cacheControl: 'no-store' });
    expect(JSON.parse(answer.text)).toEqual({
      error: 'invalid_request',
      error_description: expect.any(String) as string,
    });
    expect(await isIn(visitor)).toBe(true);
  });

  it.each<[string, string, Record<string, string>, number]>([
    ['no form', '{"logout_token":"x"}', { 'content-type': 'application/json' }, 415],
    ['no token in it', 'other=x', FORM, 400],
    ['two tokens', 'logout_token=a&logout_token=b', FORM, 400],
    ['an object', 'logout_token[a]=b', FORM, 400],
    ['too much', `logout_token=${'x'.repeat(20_000)}`, FORM, 413],
    ['nothing at all', '', FORM, 400],
  ])('is answered in the form of OAuth: %s', async (_, body, headers, status) => {
    const answer = await post(body, headers);
    expect(answer).toMatchObject({ status, cacheControl: 'no-store' });
    expect(JSON.parse(answer.text)).toMatchObject({ error: 'invalid_request' });
  });

  it('is not accepted by another method', async () => {
    const answer = await fetch(`${gate.origin}${ADDRESS}`);
    expect(answer.status).toBe(405);
    expect(await answer.json()).toMatchObject({ error: 'invalid_request' });
  });

  it('is counted and fills no ledger', async () => {
    const before = await gate.db.ledgerEntry.count({ where: { type: 'end-idp-sessions' } });
    for (let i = 0; i < 20; i += 1) await send('x');
    expect(await gate.db.ledgerEntry.count({ where: { type: 'end-idp-sessions' } })).toBe(before);
    await gate.rejections.flush();
    const counted = await gate.db.ledgerEntry.findMany({ where: { type: 'rejection.counted' } });
    expect(counted.map(({ data }) => (data as { reason: string }).reason)).toContain(
      'bad_logout_token',
    );
  });
});

describe('while an IdP is down', () => {
  it('nobody can say whether its token is good: it shall send it again', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const { idp } = await addIdp(gate, visitor);
    await idp.close();
    const answer = await logout({ sub: 'x' }, idp);
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.text)).toMatchObject({ error: 'temporarily_unavailable' });
  });
});
