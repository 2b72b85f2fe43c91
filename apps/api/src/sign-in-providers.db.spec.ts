import { newId } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreed } from './fixtures/agreed.js';
import { answerOf } from './fixtures/answers.js';
import { addIdp, SIGN_IN } from './fixtures/issuers.js';
import { signedInAs } from './fixtures/signed-in.js';
import { addPerson } from './fixtures/people.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import type { TestIdp } from './fixtures/test-idp.js';
import { Visitor } from './fixtures/visitor.js';
import { signEverything } from './fixtures/sign-everything.fixture.js';

let database: TestDatabase;
let gate: TestApi;
let admin: Visitor;
let second: { idp: TestIdp; issuerId: string };
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  admin = (await signedInAs(gate, 'it')).visitor;
  second = await addIdp(gate, admin, { signIn: { label: 'Subsidiary' } });
});
afterAll(async () => {
  await second.idp.close();
  await gate.close();
  await database.drop();
});

let count = 0;
/** Somebody whom one of the IdPs knows. */
const personAt = async (idp: TestIdp) => {
  const subject = `someone-${(count += 1)}`;
  const id = await addPerson(gate.db, { issuer: idp.issuer, subject, roles: ['it'] });
  idp.account = subject;
  return { id, subject };
};
const whoIs = async (visitor: Visitor) => {
  const { status, body } = await answerOf(visitor.send('GET', '/api/v1/session'));
  return status === 200 ? (body['person'] as { id: string }).id : status;
};
const configure = (change: object) =>
  agreed(
    gate,
    admin.write('PUT', `/api/v1/issuers/${second.issuerId}/sign-in`, {
      ...SIGN_IN,
      label: 'Subsidiary',
      ...change,
    }),
  );

describe('two IdPs side by side', () => {
  it('are told by id and label alone, to anybody', async () => {
    const { body } = await answerOf(new Visitor(gate.origin).send('GET', '/api/sign-in/providers'));
    expect(body).toEqual({
      items: [
        { id: 'default', label: new URL(gate.idp.issuer).host },
        { id: second.issuerId, label: 'Subsidiary' },
      ],
    });
  });

  it('let people in who are theirs', async () => {
    const here = await personAt(gate.idp);
    const there = await personAt(second.idp);
    const [one, two] = [new Visitor(gate.origin), new Visitor(gate.origin)];
    await one.signIn();
    await two.signIn('/', second.issuerId);
    expect(await whoIs(one)).toBe(here.id);
    expect(await whoIs(two)).toBe(there.id);
  });

  it('do not let in by a subject that the other one has given', async () => {
    const { subject } = await personAt(gate.idp);
    second.idp.account = subject;
    const visitor = new Visitor(gate.origin);
    expect((await visitor.signIn('/', second.issuerId)).search).toBe('?signInError=unknown_person');
    expect(await whoIs(visitor)).toBe(401);
  });

  it('do not take each other’s answers (mix-up)', async () => {
    await personAt(gate.idp);
    await personAt(second.idp);
    const visitor = new Visitor(gate.origin);
    const answer = await visitor.callback();
    const mixed = new URL(`/api/sign-in/callback/${second.issuerId}${answer.search}`, gate.origin);
    mixed.searchParams.set('iss', second.idp.issuer);
    second.idp.asked.length = 0;
    expect(await visitor.outcome(mixed)).toBe('/?signInError=failed');
    // The other one's code was not even shown to it.
    expect(second.idp.asked).not.toContain('/token');
    expect(await whoIs(visitor)).toBe(401);
  });

  it('do not take an answer that names another issuer (RFC 9207)', async () => {
    await personAt(second.idp);
    const visitor = new Visitor(gate.origin);
    const answer = await visitor.callback(second.issuerId);
    expect(answer.searchParams.get('iss')).toBe(second.idp.issuer);
    answer.searchParams.set('iss', gate.idp.issuer);
    expect(await visitor.outcome(answer)).toBe('/?signInError=failed');
    answer.searchParams.delete('iss');
    const other = new Visitor(gate.origin);
    const without = await other.callback(second.issuerId);
    without.searchParams.delete('iss');
    expect(await other.outcome(without)).toBe('/?signInError=failed');
  });

  it('send the browser to end its session at the one where it began', async () => {
    await personAt(second.idp);
    const visitor = new Visitor(gate.origin);
    await visitor.signIn('/', second.issuerId);
    const { body } = await answerOf(visitor.write('POST', '/api/v1/sign-out'));
    expect(new URL(String(body['redirectTo'])).origin).toBe(second.idp.issuer);
  });
});

describe('an IdP that people cannot sign in at', () => {
  it.each(['default%00', 'other', '../x', ''])('is rejected as input: %j', async (provider) => {
    const visitor = new Visitor(gate.origin);
    expect((await visitor.send('GET', `/api/sign-in?provider=${provider}`)).status).toBe(400);
  });

  it('is one that nobody set up', async () => {
    const visitor = new Visitor(gate.origin);
    expect((await visitor.signIn('/', newId())).search).toBe('?signInError=unknown_provider');
  });

  it('is one that was switched off, and people who signed in there are signed out', async () => {
    await personAt(second.idp);
    const visitor = new Visitor(gate.origin);
    await visitor.signIn('/', second.issuerId);
    const elsewhere = await signedInAs(gate, 'grc');
    const under = new Visitor(gate.origin);
    const answer = await under.callback(second.issuerId);
    expect((await configure({ enabled: false })).status).toBe(200);
    expect(await whoIs(visitor)).toBe(401);
    expect(await whoIs(elsewhere.visitor)).toBe(elsewhere.id);
    expect(await under.outcome(answer)).toBe('/?signInError=unknown_provider');
    expect((await visitor.signIn('/', second.issuerId)).search).toContain('unknown_provider');
    expect((await configure({})).status).toBe(200);
    await visitor.signIn('/', second.issuerId);
    expect(await whoIs(visitor)).not.toBe(401);
  });

  it('is one whose client has another secret; the right one works at once', async () => {
    await personAt(second.idp);
    await configure({ clientSecret: 'not the secret' });
    const visitor = new Visitor(gate.origin);
    expect((await visitor.signIn('/', second.issuerId)).search).toBe('?signInError=failed');
    await configure({});
    expect((await visitor.signIn('/', second.issuerId)).search).toBe('');
  });

  it('is one that signs with an algorithm that the issuer is not allowed', async () => {
    await personAt(second.idp);
    const change = (algorithms: string[]) =>
      agreed(
        gate,
        admin.write('PATCH', `/api/v1/issuers/${second.issuerId}`, {
          algorithms,
          reason: 'try it',
        }),
      );
    await change(['RS256']);
    const visitor = new Visitor(gate.origin);
    expect((await visitor.signIn('/', second.issuerId)).search).toBe('?signInError=failed');
    await change(['ES256']);
    expect((await visitor.signIn('/', second.issuerId)).search).toBe('');
  });

  it('is one in a network that we may not connect to', async () => {
    const id = newId();
    await gate.db.issuer.create({
      data: {
        id,
        url: 'http://169.254.169.254',
        name: 'metadata',
        audiences: ['a'],
        algorithms: ['ES256'],
        profile: 'jwt',
        clockToleranceSeconds: 0,
        createdAt: new Date(),
        signInProvider: {
          create: {
            label: 'metadata',
            clientId: 'x',
            sealedClientSecret: '',
            enabled: true,
            createdAt: new Date(),
            updatedAt: new Date(),
          },
        },
      },
    });
    await signEverything(gate.db);
    const visitor = new Visitor(gate.origin);
    expect((await visitor.signIn('/', id)).search).toBe('?signInError=idp_unavailable');
    await gate.db.signInProvider.delete({ where: { issuerId: id } });
  });
});

describe('the claims that an issuer requires', () => {
  it.each([
    ['as it is pinned', { tid: 'ours' }, ''],
    ['of another tenant', { tid: 'theirs' }, '?signInError=failed'],
    ['in other letters', { tid: 'Ours' }, '?signInError=failed'],
    ['in a list', { tid: ['ours'] }, '?signInError=failed'],
    ['that is not there', {}, '?signInError=failed'],
  ])('hold for sign-in: a claim %s', async (_, claims, search) => {
    const { idp, issuerId } = await addIdp(gate, admin, {
      issuer: { requiredClaims: { tid: 'ours' } },
    });
    await personAt(idp);
    idp.claims = claims;
    const visitor = new Visitor(gate.origin);
    expect((await visitor.signIn('/', issuerId)).search).toBe(search);
    await idp.close();
  });
});

describe('an IdP whose subjects differ from application to application (Entra)', () => {
  it('names people by oid, as its access tokens do, and never by sub', async () => {
    const { idp, issuerId } = await addIdp(gate, admin, {
      issuer: { profile: 'entra', requiredClaims: { tid: 'ours' } },
    });
    const bySub = await personAt(idp);
    const oid = newId();
    const byOid = await addPerson(gate.db, { issuer: idp.issuer, subject: oid, roles: [] });
    idp.claims = { tid: 'ours', oid };
    const visitor = new Visitor(gate.origin);
    await visitor.signIn('/', issuerId);
    expect(await whoIs(visitor)).toBe(byOid);
    idp.claims = { tid: 'ours' };
    const other = new Visitor(gate.origin);
    expect((await other.signIn('/', issuerId)).search).toBe('?signInError=failed');
    expect(await whoIs(other)).not.toBe(bySub.id);
    await idp.close();
  });
});

describe('signing out everywhere', () => {
  it('ends every session of the person, of whatever IdP, and nobody else’s', async () => {
    const { id, visitor } = await signedInAs(gate, 'grc');
    const other = await signedInAs(gate, 'grc');
    second.idp.account = `second-of-${id}`;
    await gate.db.personIdentity.create({
      data: {
        issuer: second.idp.issuer,
        subject: second.idp.account,
        personId: id,
        linkedAt: new Date(),
        linkedBy: 'added',
      },
    });
    const elsewhere = new Visitor(gate.origin);
    await elsewhere.signIn('/', second.issuerId);
    expect(await whoIs(elsewhere)).toBe(id);
    const { status, body } = await answerOf(visitor.write('POST', '/api/v1/session/end-all'));
    expect({ status, body }).toMatchObject({ status: 200, body: { sessionsEnded: 2 } });
    expect([await whoIs(visitor), await whoIs(elsewhere)]).toEqual([401, 401]);
    expect(await whoIs(other.visitor)).toBe(other.id);
    const [entry] = await gate.db.ledgerEntry.findMany({
      where: { type: 'end-all-sessions', actorId: id },
    });
    expect(entry?.data).toMatchObject({ outcome: 'succeeded', facts: { sessionsEnded: 2 } });
  });

  it('is not undone by a request in progress', async () => {
    const { id, visitor } = await signedInAs(gate, 'grc');
    const copies = Array.from({ length: 10 }, () => whoIs(visitor));
    await visitor.write('POST', '/api/v1/session/end-all');
    await Promise.all(copies);
    expect(await whoIs(visitor)).toBe(401);
    const rows = await gate.db.consoleSession.count({
      where: { sess: { path: ['personId'], equals: id } },
    });
    expect(rows).toBe(0);
  });

  it('needs the CSRF token', async () => {
    const { id, visitor } = await signedInAs(gate, 'grc');
    const headers = { origin: gate.origin };
    expect((await visitor.send('POST', '/api/v1/session/end-all', { headers })).status).toBe(403);
    expect(await whoIs(visitor)).toBe(id);
  });
});
