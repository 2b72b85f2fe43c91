import {
  createTestDatabase,
  createTestOrganisation,
  lockIsAwaited,
  type TestDatabase,
} from '#libs/dev/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson } from './fixtures/people.js';
import { signEverything } from './fixtures/sign-everything.fixture.js';
import { sessionStatus } from './fixtures/answers.js';
import { addAccount, signedInAs } from './fixtures/signed-in.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import { startTestIdp } from './fixtures/test-idp.js';
import { Visitor } from './fixtures/visitor.js';

const THEIRS = 'id = $1::uuid';
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
    await addAccount(gate, ['it']);
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
    await addAccount(gate, ['it']);
    const url = await new Visitor(gate.origin).signIn(returnTo);
    expect(url.origin).toBe(gate.origin);
    expect(url.pathname).toMatch(/^\/($|x)/);
  });
});

describe('setting out for the IdP', () => {
  it('costs no row, however often somebody does it', async () => {
    const before = await gate.db.consoleSession.count();
    const visitor = new Visitor(gate.origin);
    for (let i = 0; i < 50; i += 1) await visitor.send('GET', '/api/sign-in');
    expect(await gate.db.consoleSession.count()).toBe(before);
  });

  it('shows nothing of what it keeps in the browser', async () => {
    const visitor = new Visitor(gate.origin);
    const answer = await visitor.send('GET', '/api/sign-in');
    const url = new URL(answer.headers.get('location') ?? '');
    const kept = visitor.cookies.get(STATE_COOKIE) ?? '';
    expect(kept).toMatch(/^v1\.[\w-]{100,}$/);
    const readable = Buffer.from(kept.slice(3), 'base64url').toString('latin1');
    expect(readable).not.toContain(url.searchParams.get('state') ?? 'none');
  });
});

describe('the way back', () => {
  it('fails when it took more than ten minutes', async () => {
    await addAccount(gate, ['it']);
    const visitor = new Visitor(gate.origin);
    const url = await visitor.callback();
    gate.pass(10 * 60_000);
    const location = await visitor.outcome(url);
    gate.pass(-10 * 60_000);
    expect(location).toBe('/?signInError=failed');
  });

  it.each([
    ['a changed one', (kept: string) => `${kept.slice(0, -4)}AAAA`],
    ['one in another form', () => 'v1.AAAA'],
    ['one without its seal', () => Buffer.from('{"provider":"default"}').toString('base64url')],
    ['two of them', (kept: string) => `${kept}; ${STATE_COOKIE}=${kept}`],
  ])('fails with a state that is not as we kept it: %s', async (_, change) => {
    await addAccount(gate, ['it']);
    const visitor = new Visitor(gate.origin);
    const url = await visitor.callback();
    visitor.cookies.set(STATE_COOKIE, change(visitor.cookies.get(STATE_COOKIE) ?? ''));
    expect(await visitor.outcome(url)).toBe('/?signInError=failed');
    expect(await sessionStatus(visitor)).toBe(401);
  });

  it('fails with another state', async () => {
    await addAccount(gate, ['it']);
    const visitor = new Visitor(gate.origin);
    const url = await visitor.callback();
    url.searchParams.set('state', 'another');
    expect(await visitor.outcome(url)).toBe('/?signInError=failed');
    expect(await sessionStatus(visitor)).toBe(401);
  });

  it('fails in a browser that did not set out (sign-in CSRF)', async () => {
    await addAccount(gate, ['it']);
    const url = await new Visitor(gate.origin).callback();
    const victim = new Visitor(gate.origin);
    expect(await victim.outcome(url)).toBe('/?signInError=failed');
  });

  it('fails the second time', async () => {
    await addAccount(gate, ['it']);
    const visitor = new Visitor(gate.origin);
    const url = await visitor.callback();
    expect(await visitor.outcome(url)).toBe('/');
    expect(await visitor.outcome(url)).toBe('/?signInError=failed');
  });

  /** Two answers of the IdP, each with a code of its own, and a copy of the cookie for each. */
  const twice = async () => {
    await addAccount(gate, ['it']);
    const visitor = new Visitor(gate.origin);
    const begun = await visitor.send('GET', '/api/sign-in');
    const asked = new URL(begun.headers.get('location') ?? '');
    const kept = visitor.cookies.get(STATE_COOKIE) ?? '';
    const answers = [
      await new Visitor(gate.origin).callbackFrom(asked),
      await new Visitor(gate.origin).callbackFrom(asked),
    ];
    expect(new Set(answers.map((url) => url.searchParams.get('code'))).size).toBe(2);
    return answers.map((url) => {
      const browser = new Visitor(gate.origin);
      browser.cookies.set(STATE_COOKIE, kept);
      return { browser, finish: () => browser.outcome(url) };
    });
  };

  it('is taken once for a cookie, also from a copy of it with a good code', async () => {
    const [first, second] = await twice();
    expect(await first?.finish()).toBe('/');
    expect(await second?.finish()).toBe('/?signInError=failed');
    expect(await sessionStatus(second?.browser ?? new Visitor(gate.origin))).toBe(401);
    // In the database, so on every replica.
    expect(await gate.db.usedTokenId.count({ where: { purpose: 'sign_in' } })).toBeGreaterThan(0);
  });

  it('is taken once for a cookie when both come at once', async () => {
    const outcomes = await Promise.all((await twice()).map(({ finish }) => finish()));
    expect(outcomes.toSorted()).toEqual(['/', '/?signInError=failed']);
  });

  it('costs no row without the state that we gave', async () => {
    const before = await gate.db.usedTokenId.count();
    const visitor = new Visitor(gate.origin);
    for (const query of ['', '?state=x', '?code=x&state=', '?error=access_denied&state=x']) {
      await visitor.send('GET', '/api/sign-in');
      const url = new URL(`/api/sign-in/callback${query}`, gate.origin);
      expect(await visitor.outcome(url)).toBe('/?signInError=failed');
    }
    expect(await gate.db.usedTokenId.count()).toBe(before);
  });

  it('signs nobody out who was only sent there by another page', async () => {
    const { visitor } = await signedInAs(gate, 'it');
    for (const query of ['', '?error=access_denied', '?code=x&state=y']) {
      const url = new URL(`/api/sign-in/callback${query}`, gate.origin);
      expect(await visitor.outcome(url)).toBe('/?signInError=failed');
      expect(await sessionStatus(visitor)).toBe(200);
    }
  });

  it('fails with what the IdP did not send, and logs no code', async () => {
    gate.lines.length = 0;
    const visitor = new Visitor(gate.origin);
    await visitor.send('GET', '/api/sign-in');
    const url = new URL('/api/sign-in/callback?code=c4n4ry&state=x', gate.origin);
    expect(await visitor.outcome(url)).toBe('/?signInError=failed');
    expect(await visitor.outcome(new URL('/api/sign-in/callback', gate.origin))).toContain(
      'failed',
    );
    expect(gate.lines.join('')).not.toContain('c4n4ry');
  });
});

describe('a sign-in whose trust ends after its ID token was verified', () => {
  let revoker: pg.Client;
  beforeAll(async () => {
    revoker = new pg.Client({ connectionString: database.superuserUrl });
    await revoker.connect();
    await createTestOrganisation(gate.db).addIssuer({ url: gate.idp.issuer });
    await signEverything(gate.db);
  });
  afterAll(() => revoker.end());

  // It has done its work and not yet committed when the browser comes back from the IdP.
  it.each([
    ['the issuer is retired', 'UPDATE issuer SET retired_at = now() WHERE url = $1'],
    [
      'the issuer’s settings change',
      `UPDATE issuer SET updated_at = now() + interval '1 s' WHERE url = $1`,
    ],
    ['the person is disabled', `UPDATE person SET disabled_at = now() WHERE ${THEIRS}`],
    [
      'the person is signed out everywhere',
      `UPDATE person SET tokens_revoked_before = now() + interval '2 s' WHERE ${THEIRS}`,
    ],
  ])('fails, and leaves no session: %s', async (_, sql) => {
    const id = await addAccount(gate, ['it']);
    const visitor = new Visitor(gate.origin);
    const url = await visitor.callback();
    await revoker.query('BEGIN');
    await revoker.query(sql, [sql.includes('issuer SET') ? gate.idp.issuer : id]);
    const location = visitor.outcome(url);
    await lockIsAwaited(database).finally(() => revoker.query('COMMIT'));
    expect(await location).toBe('/?signInError=unknown_person');
    expect(await sessionStatus(visitor)).toBe(401);
    const sessions = await gate.db.$queryRaw<unknown[]>`
      SELECT 1 FROM console_session WHERE sess->>'personId' = ${id}`;
    expect(sessions).toEqual([]);
    await revoker.query('UPDATE issuer SET retired_at = NULL');
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
      down.pass(5_000);
      expect((await visitor.signIn()).search).toBe('');
      expect(await sessionStatus(visitor)).toBe(200);
      await idp.close();
    } finally {
      await down.close();
    }
  });
});
