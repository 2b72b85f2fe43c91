import { readEpoch } from '#libs/platform/db';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreed } from './fixtures/agreed.js';
import { answerOf } from './fixtures/answers.js';
import { newestEntry } from './fixtures/newest-entry.js';
import { SETTINGS, SIGN_IN, addIdp, trustedIssuer } from './fixtures/issuers.js';
import { signedInAs } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import { Visitor } from './fixtures/visitor.js';
import { signEverything } from './fixtures/sign-everything.fixture.js';

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

const trusted = (change: object = {}) => trustedIssuer(admin.visitor, change);
const entryOf = (type: string, subjectId: string) => newestEntry(gate, type, subjectId);

describe('retiring an issuer', () => {
  it('ends its sessions, its sign-in and everything that could be changed of it', async () => {
    const other = await addIdp(gate, admin.visitor);
    const { issuerId } = other;
    const subject = 'of the retired';
    other.idp.account = subject;
    await gate.db.personIdentity.create({
      data: {
        issuer: other.idp.issuer,
        subject,
        personId: admin.id,
        linkedAt: new Date(),
        linkedBy: 'added',
      },
    });
    const inside = new Visitor(gate.origin);
    await inside.signIn('/', issuerId);
    expect((await inside.send('GET', '/api/v1/session')).status).toBe(200);
    const before = await readEpoch(gate.db);
    const { visitor: security } = await signedInAs(gate, 'security');
    const retired = await answerOf(
      security.write('POST', `/api/v1/issuers/${issuerId}/retire`, { reason: 'its keys leaked' }),
    );
    expect(retired).toMatchObject({
      status: 200,
      body: { retiredAt: expect.any(String) as string },
    });
    expect((await inside.send('GET', '/api/v1/session')).status).toBe(401);
    expect((await inside.signIn('/', issuerId)).search).toBe('?signInError=unknown_provider');
    expect(await readEpoch(gate.db)).toBeGreaterThan(before);
    expect(await entryOf('retire-issuer', issuerId)).toMatchObject({ facts: { sessionsEnded: 1 } });
    const writes: [string, string, object | undefined][] = [
      ['POST', 'retire', { reason: 'again' }],
      ['PUT', 'sign-in', SIGN_IN],
    ];
    for (const [method, path, body] of writes)
      expect(
        (await admin.visitor.write(method, `/api/v1/issuers/${issuerId}/${path}`, body)).status,
      ).toBe(409);
    await other.idp.close();
  });

  it('is undone by IT, for a reason and under an alert, and people sign in there again', async () => {
    const other = await addIdp(gate, admin.visitor);
    const { issuerId } = other;
    const subject = (other.idp.account = 'of the restored');
    const linked = { personId: admin.id, linkedAt: new Date(), linkedBy: 'added' } as const;
    await gate.db.personIdentity.create({ data: { issuer: other.idp.issuer, subject, ...linked } });
    const path = `/api/v1/issuers/${issuerId}`;
    const restore = (visitor: Visitor, body: object = { reason: 'it was the wrong one' }) =>
      agreed(gate, visitor.write('POST', `${path}/restore`, body));
    expect((await restore(admin.visitor)).status).toBe(409);
    const { visitor: security } = await signedInAs(gate, 'security');
    await security.write('POST', `${path}/retire`, { reason: 'a slip' });
    for (const role of ['security', 'grc', 'office', 'developer', 'emergency'] as const) {
      const { visitor } = await signedInAs(gate, role);
      expect((await restore(visitor)).status).toBe(403);
    }
    expect((await restore(admin.visitor, {})).status).toBe(400);
    const before = await readEpoch(gate.db);
    expect(await restore(admin.visitor)).toMatchObject({ status: 200, body: { state: 'done' } });
    expect(await readEpoch(gate.db)).toBeGreaterThan(before);
    expect(await entryOf('restore-issuer', issuerId)).toMatchObject({ outcome: 'succeeded' });
    const [alert] = await gate.db.alert.findMany({
      where: { subjectId: issuerId },
      orderBy: { id: 'desc' },
    });
    expect(alert).toMatchObject({ kind: 'issuer_changed' });
    expect(alert?.message).toContain('it was the wrong one');
    const inside = new Visitor(gate.origin);
    await inside.signIn('/', issuerId);
    expect((await inside.send('GET', '/api/v1/session')).status).toBe(200);
    await other.idp.close();
  });

  it('is not undone while its settings would not be taken any more', async () => {
    const id = await trusted();
    await admin.visitor.write('POST', `/api/v1/issuers/${id}/retire`, { reason: 'a slip' });
    await gate.db.issuer.update({ where: { id }, data: { url: `${gate.origin}/tenant` } });
    await signEverything(gate.db);
    const path = `/api/v1/issuers/${id}/restore`;
    expect((await admin.visitor.write('POST', path, { reason: 'back again' })).status).toBe(400);
  });

  it('shuts the environment’s own IdP too', async () => {
    const alone = await createTestDatabase();
    const gate2 = await startTestApi(alone.appUrl);
    const { visitor } = await signedInAs(gate2, 'it');
    const url = gate2.idp.issuer;
    const body = { ...SETTINGS, url };
    const made = await agreed(gate2, visitor.write('POST', '/api/v1/issuers', body));
    expect(made.status).toBe(200);
    const { id } = await gate2.db.issuer.findUniqueOrThrow({ where: { url } });
    const path = `/api/v1/issuers/${id}/retire`;
    expect((await visitor.write('POST', path, { reason: 'its keys leaked' })).status).toBe(200);
    expect((await visitor.send('GET', '/api/v1/session')).status).toBe(401);
    expect((await visitor.signIn()).search).toBe('?signInError=unknown_provider');
    await gate2.close();
    await alone.drop();
  });
});
