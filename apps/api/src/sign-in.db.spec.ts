import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson } from './fixtures/people.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import { startTestIdp } from './fixtures/test-idp.js';
import { Visitor } from './fixtures/visitor.js';

const COOKIE = '__Host-gatehouse';
const HOUR_MS = 3_600_000;

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

let count = 0;
const person = async (...roles: ('it' | 'security' | 'grc')[]) => {
  const subject = `person-${(count += 1)}`;
  const id = await addPerson(gate.db, { issuer: gate.idp.issuer, subject, roles });
  gate.idp.account = subject;
  return id;
};
const signedIn = async (...roles: ('it' | 'security' | 'grc')[]) => {
  const id = await person(...roles);
  const visitor = new Visitor(gate.origin);
  await visitor.signIn();
  return { id, visitor };
};
const sessionStatus = async (visitor: Visitor) => {
  const answer = await visitor.send('GET', '/api/session');
  // The session's expiry is written before the last byte: wait for it.
  await answer.text();
  return answer.status;
};
const entriesOf = (id: string) =>
  gate.db.ledgerEntry.findMany({ where: { actorId: id }, orderBy: { id: 'asc' } });

const comesBack = async () => {
  const visitor = new Visitor(gate.origin);
  const url = await visitor.signIn();
  return { address: `${url.pathname}${url.search}`, status: await sessionStatus(visitor) };
};
const refused = (reason: string) => ({ address: `/?signInError=${reason}`, status: 401 });

const callbackOf = async (visitor: Visitor): Promise<URL> => {
  let url = new URL('/api/sign-in', gate.origin);
  for (let hop = 0; hop < 10; hop += 1) {
    const answer = await visitor.send('GET', url.href);
    url = new URL(answer.headers.get('location') ?? '', url);
    if (url.pathname === '/api/sign-in/callback') return url;
  }
  throw new Error('never came back');
};

const outcome = async (visitor: Visitor, url: URL) =>
  (await visitor.send('GET', url.href)).headers.get('location');

describe('the way to the IdP', () => {
  it('carries PKCE, state, nonce and our exact address', async () => {
    const answer = await new Visitor(gate.origin).send('GET', '/api/sign-in');
    expect(answer.status).toBe(302);
    const url = new URL(answer.headers.get('location') ?? '');
    expect(url.origin).toBe(gate.idp.issuer);
    const query = Object.fromEntries(url.searchParams);
    expect(query).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${gate.origin}/api/sign-in/callback`,
    });
    for (const name of ['code_challenge', 'state', 'nonce'])
      expect(query[name]?.length).toBeGreaterThan(40);
  });

  it('leads back to the page that the person wanted', async () => {
    await person('it');
    const url = await new Visitor(gate.origin).signIn('/agents?state=active#top');
    expect(url.href).toBe(`${gate.origin}/agents?state=active#top`);
  });

  it.each([
    '//evil.test/x',
    String.raw`/\evil.test`,
    '/\t/evil.test',
    'https://evil.test/',
    'javascript:alert(1)',
    '/.//evil.test',
    '/api/sign-in',
    '/x\r\nset-cookie: a=b',
  ])('never leads elsewhere: %j', async (returnTo) => {
    await person('it');
    const url = await new Visitor(gate.origin).signIn(returnTo);
    expect(url.origin).toBe(gate.origin);
    expect(url.pathname).toMatch(/^\/($|x)/);
  });
});

describe('a person who is known here', () => {
  it('is signed in with their roles, and the ledger has it', async () => {
    const { id, visitor } = await signedIn('security');
    const session = (await (await visitor.send('GET', '/api/session')).json()) as object;
    expect(session).toMatchObject({ person: { id, roles: ['security'] }, sandbox: false });
    const [entry] = await entriesOf(id);
    expect(entry).toMatchObject({
      type: 'start-session',
      data: { outcome: 'succeeded', facts: { roles: ['security'] } },
    });
  });

  it('gets a strict cookie', async () => {
    const answer = await new Visitor(gate.origin).send('GET', '/api/sign-in');
    const [line] = answer.headers.getSetCookie();
    expect(line).toMatch(/^__Host-gatehouse=/);
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/'])
      expect(line).toContain(attribute);
    expect(line).not.toContain('Domain');
  });

  it('gets a new session id: the one from before sign-in is worth nothing', async () => {
    await person('it');
    const visitor = new Visitor(gate.origin);
    await visitor.send('GET', '/api/sign-in');
    const before = visitor.cookies.get(COOKIE) ?? '';
    await visitor.signIn();
    expect(visitor.cookies.get(COOKIE)).not.toBe(before);
    const attacker = new Visitor(gate.origin);
    attacker.cookies.set(COOKIE, before);
    expect(await sessionStatus(attacker)).toBe(401);
  });

  it('keeps nothing in the session but who, since when and the CSRF token', async () => {
    const { id } = await signedIn('it');
    const rows = await gate.db.consoleSession.findMany();
    const own = rows.map(({ sess }) => sess as Record<string, unknown>);
    const session = own.find(({ personId }) => personId === id) ?? {};
    expect(Object.keys(session).toSorted()).toEqual([
      'cookie',
      'csrfToken',
      'personId',
      'startedAt',
    ]);
  });
});

describe('who is not let in', () => {
  it('is a person whom nobody registered; they are counted, not recorded', async () => {
    gate.idp.account = 'stranger';
    expect(await comesBack()).toEqual(refused('unknown_person'));
    await gate.refusals.flush();
    const [counted] = await gate.db.ledgerEntry.findMany({ where: { type: 'refusal.counted' } });
    expect(counted?.data).toMatchObject({ reason: 'unknown_person', source: 'sign-in' });
  });

  it('is one with the e-mail of somebody who is', async () => {
    const { issuer } = gate.idp;
    await addPerson(gate.db, { issuer, subject: 'ada', roles: ['it'], email: 'ada@example.test' });
    gate.idp.account = 'Ada';
    expect(await comesBack()).toEqual(refused('unknown_person'));
    gate.idp.account = 'ada ';
    expect(await comesBack()).toEqual(refused('unknown_person'));
  });

  it('is the same subject of another issuer', async () => {
    await addPerson(gate.db, { issuer: 'https://other.test', subject: 'twin', roles: ['it'] });
    gate.idp.account = 'twin';
    expect(await comesBack()).toEqual(refused('unknown_person'));
  });

  it('is one without a role, and the ledger has it', async () => {
    const id = await person();
    expect(await comesBack()).toEqual(refused('no_role'));
    expect(await entriesOf(id)).toMatchObject([
      { type: 'start-session', data: { outcome: 'refused', code: 'forbidden' } },
    ]);
  });

  it('is one who was disabled', async () => {
    const id = await person('it');
    await gate.db.person.update({ where: { id }, data: { disabledAt: new Date() } });
    expect(await comesBack()).toEqual(refused('unknown_person'));
  });
});

describe('the way back', () => {
  it('fails with another state', async () => {
    await person('it');
    const visitor = new Visitor(gate.origin);
    const url = await callbackOf(visitor);
    url.searchParams.set('state', 'another');
    expect(await outcome(visitor, url)).toBe('/?signInError=failed');
    expect(await sessionStatus(visitor)).toBe(401);
  });

  it('fails in a browser that did not set out (sign-in CSRF)', async () => {
    await person('it');
    const url = await callbackOf(new Visitor(gate.origin));
    const victim = new Visitor(gate.origin);
    expect(await outcome(victim, url)).toBe('/?signInError=failed');
  });

  it('fails the second time', async () => {
    await person('it');
    const visitor = new Visitor(gate.origin);
    const url = await callbackOf(visitor);
    expect(await outcome(visitor, url)).toBe('/');
    expect(await outcome(visitor, url)).toBe('/?signInError=failed');
  });

  it('signs nobody out who was only sent there by another page', async () => {
    const { visitor } = await signedIn('it');
    for (const query of ['', '?error=access_denied', '?code=x&state=y']) {
      const url = new URL(`/api/sign-in/callback${query}`, gate.origin);
      expect(await outcome(visitor, url)).toBe('/?signInError=failed');
      expect(await sessionStatus(visitor)).toBe(200);
    }
  });

  it('fails with what the IdP did not send, and logs no code', async () => {
    gate.lines.length = 0;
    const visitor = new Visitor(gate.origin);
    await visitor.send('GET', '/api/sign-in');
    const url = new URL('/api/sign-in/callback?code=c4n4ry&state=x', gate.origin);
    expect(await outcome(visitor, url)).toBe('/?signInError=failed');
    expect(await outcome(visitor, new URL('/api/sign-in/callback', gate.origin))).toContain(
      'failed',
    );
    expect(gate.lines.join('')).not.toContain('c4n4ry');
  });
});

describe('a session', () => {
  it('loses a role at once', async () => {
    const { id, visitor } = await signedIn('it');
    expect((await visitor.send('GET', '/api/people')).status).toBe(200);
    await gate.db.personRole.deleteMany({ where: { personId: id } });
    expect((await visitor.send('GET', '/api/people')).status).toBe(403);
  });

  it('ends when the person is disabled', async () => {
    const { id, visitor } = await signedIn('it');
    await gate.db.person.update({ where: { id }, data: { disabledAt: new Date() } });
    expect(await sessionStatus(visitor)).toBe(401);
    await gate.db.person.update({ where: { id }, data: { disabledAt: null } });
    expect(await sessionStatus(visitor)).toBe(401);
  });

  it('ends when it was idle for too long', async () => {
    const { visitor } = await signedIn('it');
    const idle = new Date(Date.now() - 1000);
    await gate.db.consoleSession.updateMany({ data: { expire: idle } });
    expect(await sessionStatus(visitor)).toBe(401);
  });

  it('is kept alive by being used, for half an hour at a time', async () => {
    const { id, visitor } = await signedIn('it');
    const soon = new Date(Date.now() + 60_000);
    await gate.db.consoleSession.updateMany({ data: { expire: soon } });
    expect(await sessionStatus(visitor)).toBe(200);
    const [row] = await gate.db.consoleSession.findMany({
      where: { sess: { path: ['personId'], equals: id } },
    });
    expect((row?.expire.getTime() ?? 0) - Date.now()).toBeGreaterThan(20 * 60_000);
  });

  it('ends after its absolute lifetime, however much it was used', async () => {
    const { visitor } = await signedIn('it');
    gate.pass(12 * HOUR_MS - 60_000);
    expect(await sessionStatus(visitor)).toBe(200);
    gate.pass(60_000);
    expect(await sessionStatus(visitor)).toBe(401);
    gate.pass(-12 * HOUR_MS);
    expect(await sessionStatus(visitor)).toBe(401);
  });

  it('is not opened by a cookie that we did not sign', async () => {
    const { visitor } = await signedIn('it');
    const cookie = decodeURIComponent(visitor.cookies.get(COOKIE) ?? '');
    const forged = cookie.replace(/\..*/, '.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
    const other = new Visitor(gate.origin);
    other.cookies.set(COOKIE, encodeURIComponent(forged));
    expect(await sessionStatus(other)).toBe(401);
  });
});

describe('signing out', () => {
  it('ends the session here and leads to where it ends at the IdP', async () => {
    const { id, visitor } = await signedIn('grc');
    const copy = new Visitor(gate.origin);
    copy.cookies.set(COOKIE, visitor.cookies.get(COOKIE) ?? '');
    const answer = await visitor.write('POST', '/api/sign-out');
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
    const { visitor } = await signedIn('grc');
    const headers = { origin: gate.origin };
    expect((await visitor.send('POST', '/api/sign-out', { headers })).status).toBe(403);
    expect(await sessionStatus(visitor)).toBe(200);
  });

  it('works for somebody who lost every role', async () => {
    const { id, visitor } = await signedIn('grc');
    await gate.db.personRole.deleteMany({ where: { personId: id } });
    expect((await visitor.write('POST', '/api/sign-out')).status).toBe(200);
  });
});

describe('while the IdP is down', () => {
  it('nobody can sign in, everybody else goes on, and it works again afterwards', async () => {
    const down = await startTestApi(database.appUrl);
    const port = Number(new URL(down.idp.issuer).port);
    await down.idp.close();
    try {
      const visitor = new Visitor(down.origin);
      expect((await visitor.signIn()).search).toBe('?signInError=idp_unavailable');
      expect((await visitor.send('GET', '/health/ready')).status).toBe(200);
      const idp = await startTestIdp(down.origin, port);
      await addPerson(down.db, { issuer: idp.issuer, subject: 'late', roles: ['it'] });
      idp.account = 'late';
      expect((await visitor.signIn()).search).toBe('');
      expect(await sessionStatus(visitor)).toBe(200);
      await idp.close();
    } finally {
      await down.close();
    }
  });
});
