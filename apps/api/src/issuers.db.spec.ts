import { newId } from '#libs/platform/kernel';
import { readEpoch } from '#libs/platform/db';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreed } from './fixtures/agreed.js';
import { answerOf } from './fixtures/answers.js';
import { newestEntry } from './fixtures/newest-entry.js';
import { addPerson } from './fixtures/people.js';
import { signEverything } from './fixtures/sign-everything.fixture.js';
import { SETTINGS, SIGN_IN, trustIssuer, trustedIssuer } from './fixtures/issuers.js';
import { signedInAs } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import type { Visitor } from './fixtures/visitor.js';

let database: TestDatabase;
let gate: TestApi;
let admin: { id: string; visitor: Visitor };
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  admin = await signedInAs(gate, 'it');
});
afterAll(async () => {
  await gate.close();
  await database.drop();
});

const trust = (change: object = {}, visitor = admin.visitor) => trustIssuer(visitor, change);
const trusted = (change: object = {}) => trustedIssuer(admin.visitor, change);
const entryOf = (type: string, subjectId: string) => newestEntry(gate, type, subjectId);
const alertsOf = (subjectId: string) => gate.db.alert.findMany({ where: { subjectId } });

describe('trusting an issuer', () => {
  it('is done, recorded, seen by everybody who must look, and evaluated at once', async () => {
    const before = await readEpoch(gate.db);
    const { status, body } = await trust({ requiredClaims: { tid: 'ours' } });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { ...SETTINGS, requiredClaims: { tid: 'ours' }, signIn: null, retiredAt: null },
    });
    const id = String(body['id']);
    expect(await entryOf('trust-issuer', id)).toMatchObject({
      outcome: 'succeeded',
      facts: { algorithms: ['ES256'], profile: 'jwt' },
    });
    expect(await alertsOf(id)).toMatchObject([{ kind: 'issuer_changed' }]);
    expect(await readEpoch(gate.db)).toBeGreaterThan(before);
    const { body: list } = await answerOf(admin.visitor.send('GET', '/api/v1/issuers'));
    expect((list['items'] as { id: string }[]).map((one) => one.id)).toContain(id);
  });

  it.each<[string, object, string]>([
    ['no audience', { audiences: [] }, 'audiences'],
    ['an empty audience', { audiences: [''] }, 'audiences.0'],
    ['any audience', { audiences: ['*'] }, 'audiences.0'],
    ['a symmetric algorithm', { algorithms: ['HS256'] }, 'algorithms.0'],
    ['no signature', { algorithms: ['none'] }, 'algorithms.0'],
    ['no algorithm', { algorithms: [] }, 'algorithms'],
    ['an unknown profile', { profile: 'mine' }, 'profile'],
    ['plain HTTP', { url: 'http://idp.example.com' }, 'url'],
    ['a private address', { url: 'https://10.0.0.1' }, 'url'],
    ['the metadata address', { url: 'https://169.254.169.254' }, 'url'],
    ['another scheme', { url: 'file:///etc/passwd' }, 'url'],
    ['a tolerance of an hour', { clockToleranceSeconds: 3600 }, 'clockToleranceSeconds'],
    [
      'everybody’s tenant',
      { url: 'https://login.microsoftonline.com/common/v2.0', profile: 'entra' },
      'url',
    ],
    ['a tenant that is not pinned', { profile: 'entra' }, 'requiredClaims'],
    ['a required claim that is no text', { requiredClaims: { tid: 1 } }, 'requiredClaims.tid'],
    ['a field that there is none of', { id: newId() }, ''],
  ])('is rejected with %s, saying which part', async (_, change, path) => {
    const { status, body } = await trust(change);
    expect({ status, problems: body['problems'] }).toMatchObject({
      status: 400,
      problems: [{ path }],
    });
  });

  it('is rejected for ourselves, however the address is written, also in a test of it', async () => {
    for (const url of [gate.origin, `${gate.origin}/`, `${gate.origin}/tenant`]) {
      expect(await trust({ url })).toMatchObject({
        status: 400,
        body: { problems: [{ path: 'url' }] },
      });
      const { name: _, ...settings } = SETTINGS;
      const body = { ...settings, url };
      const tested = await answerOf(admin.visitor.write('POST', '/api/v1/issuers/test', body));
      expect((tested.body['checks'] as unknown[])[0]).toMatchObject({
        name: 'settings',
        ok: false,
      });
    }
  });

  it('is rejected a second time, in whatever state the first one is', async () => {
    const url = 'https://twice.example.com';
    const id = await trusted({ url });
    expect((await trust({ url })).status).toBe(409);
    await admin.visitor.write('POST', `/api/v1/issuers/${id}/retire`, { reason: 'not ours' });
    expect((await trust({ url })).status).toBe(409);
  });

  it('is for IT alone', async () => {
    for (const role of ['security', 'grc', 'office', 'developer'] as const) {
      const { visitor } = await signedInAs(gate, role);
      expect((await trust({}, visitor)).status).toBe(403);
    }
  });
});

describe('what widens the trust in an issuer', () => {
  const change = (id: string, body: object) =>
    answerOf(
      admin.visitor.write('PATCH', `/api/v1/issuers/${id}`, { ...body, reason: 'asked for' }),
    );
  const saved = async (id: string) => {
    const { body } = await answerOf(admin.visitor.send('GET', `/api/v1/issuers/${id}`));
    return { age: body['maxTokenAgeSeconds'], byEmail: body['signalsByEmail'] };
  };

  it('is not there unless somebody says so', async () => {
    expect(await saved(await trusted())).toEqual({ age: 86_400, byEmail: false });
  });

  it('takes a second person for a longer maximum age, once somebody uses the issuer', async () => {
    const id = await trusted();
    expect((await change(id, { maxTokenAgeSeconds: 90_000 })).status).toBe(200);
    const { url } = await gate.db.issuer.findUniqueOrThrow({ where: { id } });
    await addPerson(gate.db, { issuer: url, subject: newId(), roles: [] });
    expect((await change(id, { maxTokenAgeSeconds: 100_000 })).status).toBe(202);
    expect(await saved(id)).toMatchObject({ age: 90_000 });
  });

  it('takes a second person for names by e-mail, also while nobody uses the issuer', async () => {
    const id = await trusted();
    const asked = () =>
      admin.visitor.write('PATCH', `/api/v1/issuers/${id}`, {
        signalsByEmail: true,
        reason: 'asked for',
      });
    expect((await asked()).status).toBe(202);
    expect(await saved(id)).toMatchObject({ byEmail: false });
    expect((await trust({ signalsByEmail: true })).status).toBe(202);
    const other = await trusted();
    const confirmed = await agreed(
      gate,
      admin.visitor.write('PATCH', `/api/v1/issuers/${other}`, {
        signalsByEmail: true,
        reason: 'asked for',
      }),
    );
    expect(confirmed.status).toBe(200);
    expect(await saved(other)).toMatchObject({ byEmail: true });
    // Taking it back widens nothing.
    expect((await change(other, { signalsByEmail: false })).status).toBe(200);
    // Nor does it come back with a retired issuer.
    await gate.db.issuer.update({ where: { id: other }, data: { signalsByEmail: true } });
    await signEverything(gate.db);
    const retire = `/api/v1/issuers/${other}/retire`;
    expect((await admin.visitor.write('POST', retire, { reason: 'moved' })).status).toBe(200);
    const restore = `/api/v1/issuers/${other}/restore`;
    expect((await admin.visitor.write('POST', restore, { reason: 'back' })).status).toBe(202);
  });

  it('takes a second person for other keys of an issuer that names people by e-mail, also while nobody uses it', async () => {
    const id = await trusted();
    await gate.db.issuer.update({ where: { id }, data: { signalsByEmail: true } });
    await signEverything(gate.db);
    const keysUrl = 'https://keys.attacker.example/keys';
    expect((await change(id, { keysUrl })).status).toBe(202);
    // With the names by e-mail withdrawn at once nobody is named by the new keys.
    expect((await change(id, { keysUrl, signalsByEmail: false })).status).toBe(200);
  });

  it.each([0, 59, 32 * 86_400, 1.5, '86400', null])('is rejected as an age of %j', async (age) => {
    expect((await trust({ maxTokenAgeSeconds: age })).status).toBe(400);
  });
});

describe('changing an issuer', () => {
  it('changes what is said and leaves the rest, with a reason', async () => {
    const id = await trusted({ audiences: ['a', 'b'] });
    const before = await readEpoch(gate.db);
    const { status, body } = await answerOf(
      admin.visitor.write('PATCH', `/api/v1/issuers/${id}`, {
        algorithms: ['ES384'],
        reason: 'new keys',
      }),
    );
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { algorithms: ['ES384'], audiences: ['a', 'b'], profile: 'jwt' },
    });
    expect(await entryOf('change-issuer', id)).toMatchObject({
      facts: { changed: ['algorithms'] },
    });
    expect(await alertsOf(id)).toHaveLength(2);
    expect(await readEpoch(gate.db)).toBeGreaterThan(before);
  });

  it('to have people sign in there is seen: who did it does not set the alert aside', async () => {
    const id = await trusted();
    const { visitor: mallory } = await signedInAs(gate, 'it', 'security');
    const done = await mallory.write('PUT', `/api/v1/issuers/${id}/sign-in`, SIGN_IN);
    expect(done.status).toBe(200);
    const [alert] = await gate.db.alert.findMany({
      where: { subjectId: id },
      orderBy: { id: 'desc' },
    });
    expect(alert?.message).toContain('sign in');
    const path = `/api/v1/alerts/${String(alert?.id)}/acknowledge`;
    const note = { note: 'nothing to see' };
    expect((await mallory.write('POST', path, note)).status).toBe(403);
    expect((await admin.visitor.write('POST', path, note)).status).toBe(200);
  });

  it.each<[string, object]>([
    ['its address', { url: 'https://other.example.com' }],
    ['its audience to any', { audiences: ['*'] }],
    ['its profile to one whose tenant is not pinned', { profile: 'entra' }],
    ['its state', { retiredAt: null }],
    ['nothing without a reason', { reason: undefined, algorithms: ['ES384'] }],
  ])('does not change %s', async (_, change) => {
    const id = await trusted();
    const answer = await answerOf(
      admin.visitor.write('PATCH', `/api/v1/issuers/${id}`, { reason: 'try it', ...change }),
    );
    expect(answer.status).toBe(400);
  });
});

describe('sign-in at an issuer', () => {
  const configure = (id: string, change: object = {}) =>
    answerOf(
      admin.visitor.write('PUT', `/api/v1/issuers/${id}/sign-in`, { ...SIGN_IN, ...change }),
    );

  it('keeps its secret where nobody reads it', async () => {
    const id = await trusted();
    const secret = 'c4n4ry-of-the-client';
    gate.lines.length = 0;
    const { status, text, body } = await configure(id, { clientSecret: secret });
    expect(status).toBe(200);
    expect(body['signInUris']).toEqual({
      redirectUri: `${gate.origin}/api/sign-in/callback/${id}`,
      backChannelLogoutUri: `${gate.origin}/api/sign-in/back-channel-logout`,
    });
    const list = await answerOf(admin.visitor.send('GET', '/api/v1/issuers'));
    const entries = await gate.db.ledgerEntry.findMany({
      where: { subjectId: id },
      select: { id: true, data: true },
    });
    const payloads = await gate.db.ledgerPayload.findMany({
      where: { entryId: { in: entries.map((entry) => entry.id) } },
      select: { content: true },
    });
    const row = await gate.db.signInProvider.findUnique({ where: { issuerId: id } });
    const seen = [text, list.text, gate.lines.join(), JSON.stringify([entries, payloads, row])];
    expect(seen.filter((one) => one.includes('c4n4ry'))).toEqual([]);
    expect(seen.filter((one) => one.includes(row?.sealedClientSecret ?? 'none'))).toHaveLength(1);
  });

  it('keeps the secret that is not given anew', async () => {
    const id = await trusted();
    await configure(id);
    const before = await gate.db.signInProvider.findUnique({ where: { issuerId: id } });
    expect((await configure(id, { clientSecret: undefined, label: 'New' })).status).toBe(200);
    const after = await gate.db.signInProvider.findUnique({ where: { issuerId: id } });
    expect(after).toMatchObject({ label: 'New', sealedClientSecret: before?.sealedClientSecret });
  });

  it.each<[string, object, object, string]>([
    ['without a secret at first', {}, { clientSecret: undefined }, 'clientSecret'],
    ['at a workload’s issuer', { profile: 'spiffe' }, {}, 'id'],
    ['linked by a claim alone', {}, { linkClaim: 'oid' }, 'linkAttribute'],
    ['linked by an attribute alone', {}, { linkAttribute: 'external_id' }, 'linkClaim'],
    ...['email', 'preferred_username', 'upn', 'name', 'Email', 'unique_name', 'work_email'].map(
      (linkClaim): [string, object, object, string] => [
        `linked by ${linkClaim}`,
        {},
        { linkClaim, linkAttribute: 'external_id' },
        'linkClaim',
      ],
    ),
    ['linked to an e-mail', {}, { linkClaim: 'oid', linkAttribute: 'email' }, 'linkAttribute'],
  ])('is rejected %s', async (_, issuer, change, path) => {
    const id = await trusted(issuer);
    const { status, body } = await configure(id, change);
    expect({ status, problems: body['problems'] }).toMatchObject({
      status: 400,
      problems: [{ path }],
    });
    expect(await gate.db.signInProvider.count({ where: { issuerId: id } })).toBe(0);
  });

  it('is removed', async () => {
    const id = await trusted();
    await configure(id);
    const path = `/api/v1/issuers/${id}/sign-in`;
    expect((await admin.visitor.write('DELETE', path)).status).toBe(200);
    expect((await admin.visitor.write('DELETE', path)).status).toBe(404);
    expect(await gate.db.signInProvider.count({ where: { issuerId: id } })).toBe(0);
  });
});
