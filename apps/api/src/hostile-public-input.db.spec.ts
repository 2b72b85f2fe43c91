import { routesOfApplication, type ApiRoute } from '#libs/platform/http';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTokenCompany, type TokenCompany } from './fixtures/token-company.fixture.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';

// Issue 9: garbage at /ssf/events was an error in the log, with a piece of it. Whatever anybody sends who has
// shown nothing of who they are, at any address, is their mistake and not ours, and is not repeated.
const CANARY = 'c4n4ry';
const ERROR = 50;

let database: TestDatabase;
let gate: TestApi;
let company: TokenCompany;
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  company = await openTokenCompany(gate);
});
afterAll(async () => {
  await company.close();
  await gate.close();
  await database.drop();
});

const encoded = (text: string): string => Buffer.from(text).toString('base64url');
const HEADER = encoded('{"alg":"RS256","typ":"secevent+jwt"}');

const TEXTS: readonly string[] = [
  CANARY,
  `${CANARY}.${CANARY}.${CANARY}`,
  `${encoded(CANARY)}.${encoded(CANARY)}.${encoded(CANARY)}`,
  `${HEADER}.${encoded(`{"${CANARY}":`)}.c2ln`,
  `${HEADER}.${encoded(`{"iss":"${CANARY}","aud":{"${CANARY}":1}}`)}.c2ln`,
  `${HEADER}.${encoded(`{"iss":${'['.repeat(2_000)}"${CANARY}`)}.c2ln`,
  `{"${CANARY}":`,
  `"${CANARY}\u0000"`,
  `${CANARY}=%ff%00&token=${CANARY}&logout_token=${CANARY}&grant_type=${CANARY}&client_assertion=${CANARY}`,
];
const TYPES: readonly (readonly [prefix: string, type: string])[] = [
  ['/ssf', 'application/secevent+jwt'],
  ['/oauth', 'application/x-www-form-urlencoded'],
  ['/api/sign-in', 'application/x-www-form-urlencoded'],
  ['/scim', 'application/scim+json'],
  ['/', 'application/json'],
];
const typeAt = ({ path }: ApiRoute): string =>
  TYPES.find(([prefix]) => path.startsWith(prefix))?.[1] ?? '';

const isOpen = ({ access }: ApiRoute): boolean =>
  access?.kind === 'public' || access?.kind === 'machine';

const addressOf = ({ path }: ApiRoute): string =>
  `${gate.origin}${path.replaceAll(/:\w+/g, CANARY)}?code=${CANARY}&state=${CANARY}&filter=${CANARY}`;

it('garbage from anybody is no error of ours at any address, and is not in the log', async () => {
  const routes = routesOfApplication(gate.api.app).filter(isOpen);
  expect(routes.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['/ssf/events', '/oauth/token', '/api/sign-in/callback']),
  );
  gate.lines.length = 0;
  const broken: string[] = [];
  const send = async (route: ApiRoute, text: string) => {
    const answer = await fetch(addressOf(route), {
      method: route.method,
      redirect: 'manual',
      headers: {
        'content-type': typeAt(route),
        authorization: `Bearer ${encodeURIComponent(text).slice(0, 4_000)}`,
        dpop: encodeURIComponent(text).slice(0, 4_000),
        cookie: `__Host-gatehouse-sign-in=${CANARY}; __Host-gatehouse=${CANARY}`,
      },
      ...(route.method === 'GET' ? {} : { body: text }),
    });
    await answer.arrayBuffer();
    if (answer.status >= 500) broken.push(`${answer.status} ${route.method} ${route.path}`);
  };
  for (const route of routes) await Promise.all(TEXTS.map((text) => send(route, text)));
  expect(broken).toEqual([]);
  const lines = gate.lines.filter(
    (line) => line.includes(CANARY) || (JSON.parse(line) as { level: number }).level >= ERROR,
  );
  expect(lines).toEqual([]);
}, 120_000);

it('garbage at /ssf/events is a 400 in the form of RFC 8935, and counted', async () => {
  for (const body of TEXTS) {
    const answer = await fetch(`${gate.origin}/ssf/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/secevent+jwt' },
      body,
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/json');
    const said: unknown = await answer.json();
    expect(said).toEqual({ err: expect.any(String), description: expect.any(String) });
    expect(JSON.stringify(said)).not.toContain(CANARY);
  }
  await gate.rejections.flush();
  const counted = await gate.db.ledgerEntry.findMany({ where: { type: 'rejection.counted' } });
  const reasons = counted.map(({ data }) => (data as { reason: string }).reason);
  expect(reasons).toContain('bad_security_event');
});
