import { HOUR_MS, newId } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson } from './fixtures/people.js';
import { sessionStatus } from './fixtures/answers.js';
import { addAccount, signedInAs } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import { Visitor } from './fixtures/visitor.js';

const COOKIE = '__Host-gatehouse';
const STATE_COOKIE = '__Host-gatehouse-sign-in';

let database: TestDatabase;
let gate: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
});
afterAll(async () => {
  await gate.close();
  await database.drop();
});

const entriesOf = (id: string) =>
  gate.db.ledgerEntry.findMany({ where: { actorId: id }, orderBy: { id: 'asc' } });

const comesBack = async () => {
  const visitor = new Visitor(gate.origin);
  const url = await visitor.signIn();
  return { address: `${url.pathname}${url.search}`, status: await sessionStatus(visitor) };
};
const rejected = (reason: string) => ({ address: `/?signInError=${reason}`, status: 401 });

describe('a person who is known here', () => {
  it('is signed in with their roles, and the ledger has it', async () => {
    const { id, visitor } = await signedInAs(gate, 'security');
    const session = (await (await visitor.send('GET', '/api/v1/session')).json()) as object;
    expect(session).toMatchObject({ person: { id, roles: ['security'] }, sandbox: false });
    const [entry] = await entriesOf(id);
    expect(entry).toMatchObject({
      type: 'start-session',
      data: { outcome: 'succeeded', facts: { roles: ['security'] } },
    });
  });

  it('gets strict cookies, on the way and afterwards', async () => {
    await addAccount(gate, ['it']);
    const visitor = new Visitor(gate.origin);
    const out = await visitor.send('GET', '/api/sign-in');
    const back = await visitor.send('GET', (await visitor.callback()).href);
    const lines = [...out.headers.getSetCookie(), ...back.headers.getSetCookie()];
    expect(lines.map((line) => line.split('=')[0]).toSorted()).toEqual([
      COOKIE,
      STATE_COOKIE,
      STATE_COOKIE,
    ]);
    for (const line of lines) {
      for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/'])
        expect(line).toContain(attribute);
      expect(line).not.toContain('Domain');
    }
  });

  it('gets a new session id each time: the one from before is worth nothing', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const before = visitor.cookies.get(COOKIE) ?? '';
    await visitor.signIn();
    expect(visitor.cookies.get(COOKIE)).not.toBe(before);
    const attacker = new Visitor(gate.origin);
    attacker.cookies.set(COOKIE, before);
    expect(await sessionStatus(attacker)).toBe(401);
  });

  it('keeps nothing in the session but who, since when, the CSRF token and what the IdP calls it', async () => {
    const { id } = await signedInAs(gate, 'it');
    const rows = await gate.db.consoleSession.findMany();
    const own = rows.map(({ sess }) => sess as Record<string, unknown>);
    const session = own.find(({ personId }) => personId === id) ?? {};
    expect(Object.keys(session).toSorted()).toEqual([
      'cookie',
      'csrfToken',
      'idpSession',
      'idpSubject',
      'issuer',
      'personId',
      'startedAt',
    ]);
  });
});

describe('a person without any role', () => {
  it('is signed in all the same, and sees only what is their own', async () => {
    const { id, visitor } = await signedInAs(gate);
    const session = (await (await visitor.send('GET', '/api/v1/session')).json()) as object;
    expect(session).toMatchObject({ person: { id, roles: [] } });
    for (const path of ['/api/v1/people', '/api/v1/agents', '/api/v1/issuers', '/api/v1/calls'])
      expect((await visitor.send('GET', path)).status).toBe(403);
    expect(await entriesOf(id)).toMatchObject([
      { type: 'start-session', data: { outcome: 'succeeded', facts: { roles: [] } } },
    ]);
  });
});

describe('who is not let in', () => {
  it('is a person whom nobody registered; they are counted, not recorded', async () => {
    gate.idp.account = 'unknown-person';
    expect(await comesBack()).toEqual(rejected('unknown_person'));
    await gate.rejections.flush();
    const [counted] = await gate.db.ledgerEntry.findMany({ where: { type: 'rejection.counted' } });
    expect(counted?.data).toMatchObject({ reason: 'unknown_person', source: 'sign-in' });
  });

  it('is one with the e-mail of somebody who is', async () => {
    const { issuer } = gate.idp;
    await addPerson(gate.db, { issuer, subject: 'ada', roles: ['it'], email: 'ada@example.test' });
    gate.idp.account = 'Ada';
    expect(await comesBack()).toEqual(rejected('unknown_person'));
    gate.idp.account = 'ada ';
    expect(await comesBack()).toEqual(rejected('unknown_person'));
  });

  it('is the same subject of another issuer', async () => {
    await addPerson(gate.db, { issuer: 'https://other.test', subject: 'twin', roles: ['it'] });
    gate.idp.account = 'twin';
    expect(await comesBack()).toEqual(rejected('unknown_person'));
  });

  it('is one who was disabled', async () => {
    const id = await addAccount(gate, ['it']);
    await gate.db.person.update({ where: { id }, data: { disabledAt: new Date() } });
    expect(await comesBack()).toEqual(rejected('unknown_person'));
  });
});

describe('a session', () => {
  it('loses a role at once', async () => {
    const { id, visitor } = await signedInAs(gate, 'it');
    expect((await visitor.send('GET', '/api/v1/people')).status).toBe(200);
    await gate.db.personRole.deleteMany({ where: { personId: id } });
    expect((await visitor.send('GET', '/api/v1/people')).status).toBe(403);
  });

  it('has the roles of groups and of an emergency, fresh ones marked, and loses them at once', async () => {
    const { id, visitor } = await signedInAs(gate);
    const session = async () => {
      const answer = await visitor.send('GET', '/api/v1/session');
      const body = (await answer.json()) as {
        person: { roles: string[] };
        coolingOffRoles: string[];
      };
      return { roles: body.person.roles, coolingOffRoles: body.coolingOffRoles };
    };
    const groupId = newId();
    const at = { createdAt: new Date(), updatedAt: new Date() };
    const dayAgo = new Date(Date.now() - 25 * HOUR_MS);
    await gate.db.group.create({
      data: {
        id: groupId,
        displayName: 'Auditors',
        displayNameFolded: 'auditors',
        ...at,
        members: { create: { personId: id, addedAt: new Date() } },
        mappings: {
          create: {
            id: newId(),
            role: 'grc',
            state: 'active',
            proposedById: newId(),
            decidedAt: dayAgo,
          },
        },
      },
    });
    const until = expect.any(String) as string;
    const cooling = { roles: ['grc'], coolingOffRoles: [{ role: 'grc', until }] };
    expect(await session()).toEqual(cooling);
    gate.pass(11 * HOUR_MS);
    expect(await session()).toEqual(cooling);
    gate.pass(-11 * HOUR_MS);
    await gate.db.groupMember.updateMany({ where: { groupId }, data: { addedAt: dayAgo } });
    expect(await session()).toEqual({ roles: ['grc'], coolingOffRoles: [] });
    await gate.db.personRole.create({ data: { personId: id, role: 'emergency' } });
    const emergencyId = newId();
    await gate.db.emergencyAccess.create({
      data: {
        id: emergencyId,
        personId: id,
        reason: 'fire',
        startedAt: new Date(),
        expiresAt: new Date(Date.now() + HOUR_MS),
      },
    });
    expect(await session()).toEqual({
      roles: ['it', 'security', 'grc', 'emergency'],
      // They never decide by it, however long it lasts.
      coolingOffRoles: ['it', 'security'].map((role) => ({ role, until: null })),
    });
    gate.pass(HOUR_MS);
    expect((await session()).roles).toEqual(['grc', 'emergency']);
    gate.pass(-HOUR_MS);
    await gate.db.personRole.deleteMany({ where: { personId: id, role: 'emergency' } });
    expect((await session()).roles).toEqual(['grc']);
    await gate.db.personRole.create({ data: { personId: id, role: 'emergency' } });
    await gate.db.emergencyAccess.update({
      where: { id: emergencyId },
      data: { endedAt: new Date() },
    });
    expect((await session()).roles).toEqual(['grc', 'emergency']);
    await gate.db.groupMember.deleteMany({ where: { groupId } });
    await gate.db.personRole.deleteMany({ where: { personId: id } });
    expect(await session()).toEqual({ roles: [], coolingOffRoles: [] });
    expect((await visitor.send('GET', '/api/v1/people')).status).toBe(403);
  });

  it('ends when the person is disabled', async () => {
    const { id, visitor } = await signedInAs(gate, 'it');
    await gate.db.person.update({ where: { id }, data: { disabledAt: new Date() } });
    expect(await sessionStatus(visitor)).toBe(401);
    await gate.db.person.update({ where: { id }, data: { disabledAt: null } });
    expect(await sessionStatus(visitor)).toBe(401);
  });

  it('ends when it was idle for too long', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const idle = new Date(Date.now() - 1000);
    await gate.db.consoleSession.updateMany({ data: { expire: idle } });
    expect(await sessionStatus(visitor)).toBe(401);
  });

  it('is kept alive by being used, for half an hour at a time', async () => {
    const { id, visitor } = await signedInAs(gate, 'it');
    const soon = new Date(Date.now() + 60_000);
    await gate.db.consoleSession.updateMany({ data: { expire: soon } });
    expect(await sessionStatus(visitor)).toBe(200);
    const [row] = await gate.db.consoleSession.findMany({
      where: { sess: { path: ['personId'], equals: id } },
    });
    expect((row?.expire.getTime() ?? 0) - Date.now()).toBeGreaterThan(20 * 60_000);
  });

  it('ends after its absolute lifetime, however much it was used', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    gate.pass(12 * HOUR_MS - 60_000);
    expect(await sessionStatus(visitor)).toBe(200);
    gate.pass(60_000);
    expect(await sessionStatus(visitor)).toBe(401);
    gate.pass(-12 * HOUR_MS);
    expect(await sessionStatus(visitor)).toBe(401);
  });

  it('is not opened by a cookie that we did not sign', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    const cookie = decodeURIComponent(visitor.cookies.get(COOKIE) ?? '');
    const forged = cookie.replace(/\..*/, '.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
    const other = new Visitor(gate.origin);
    other.cookies.set(COOKIE, encodeURIComponent(forged));
    expect(await sessionStatus(other)).toBe(401);
  });
});

describe('signing out', () => {
  it('ends the session here and leads to where it ends at the IdP', async () => {
    const { id, visitor } = await signedInAs(gate, 'grc');
    const copy = new Visitor(gate.origin);
    copy.cookies.set(COOKIE, visitor.cookies.get(COOKIE) ?? '');
    const answer = await visitor.write('POST', '/api/v1/sign-out');
    const { redirectTo } = (await answer.json()) as { redirectTo: string };
    const url = new URL(redirectTo);
    expect(url.origin).toBe(gate.idp.issuer);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${gate.origin}/`);
    expect(visitor.cookies.has(COOKIE)).toBe(false);
    expect(await sessionStatus(copy)).toBe(401);
    const types = (await entriesOf(id)).map(({ type }) => type);
    expect(types).toEqual(['start-session', 'end-session']);
  });

  it('needs the CSRF token', async () => {
    const { visitor } = await signedInAs(gate, 'grc');
    const headers = { origin: gate.origin };
    expect((await visitor.send('POST', '/api/v1/sign-out', { headers })).status).toBe(403);
    expect(await sessionStatus(visitor)).toBe(200);
  });

  it('works for somebody who lost every role', async () => {
    const { id, visitor } = await signedInAs(gate, 'grc');
    await gate.db.personRole.deleteMany({ where: { personId: id } });
    expect((await visitor.write('POST', '/api/v1/sign-out')).status).toBe(200);
  });
});
