import { isAllowed } from '#libs/platform/access';
import { routesOfApplication, type ApiRoute } from '#libs/platform/http';
import { newId, ROLES, type Actor, type Role } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson } from './fixtures/people.js';
import { startTestApi, type TestApi } from './fixtures/test-api.js';
import { Visitor } from './fixtures/visitor.js';

let database: TestDatabase;
let gate: TestApi;
let routes: ApiRoute[];
beforeAll(async () => {
  database = await createTestDatabase();
  gate = await startTestApi(database.appUrl);
  routes = routesOfApplication(gate.api.app);
});
afterAll(async () => {
  await gate.close();
  await database.drop();
});

const visitorWith = async (...roles: Role[]) => {
  const subject = roles.join('-');
  await addPerson(gate.db, { issuer: gate.idp.issuer, subject, roles });
  gate.idp.account = subject;
  const visitor = new Visitor(gate.origin);
  await visitor.signIn();
  return visitor;
};

const pathOf = ({ path }: ApiRoute) => path.replaceAll(/:\w+/g, newId());

const statusFor = async (visitor: Visitor, route: ApiRoute): Promise<number> => {
  // A machine's address may take other bodies than ours.
  const answer =
    route.method === 'GET' || route.access?.kind === 'machine'
      ? await visitor.send(route.method, pathOf(route))
      : await visitor.write(route.method, pathOf(route), {});
  await answer.text();
  return answer.status;
};

const canCome = (actor: Actor, { access }: ApiRoute) =>
  access?.kind === 'permission' && isAllowed(actor, access.permission);

// Anything else got past the guard: the input was wrong, or it was not found.
const outcomes: Record<number, string> = {
  401: 'not signed in',
  403: 'rejected',
  500: 'broken',
  503: 'broken',
};

// A person with one role and a single stray right would not be found by asking about a few routes.
describe.each(ROLES)('a person with the role %s', (role) => {
  it('gets through to exactly the routes that libs/platform/access says', async () => {
    const visitor = await visitorWith(role);
    const actor = { kind: 'person', id: newId(), name: role, roles: [role], teamIds: [] } as const;
    const guarded = routes.filter(({ access }) => access?.kind === 'permission');
    expect(guarded.length).toBeGreaterThan(15);
    const expected: Record<string, string> = {};
    const found: typeof expected = {};
    for (const route of guarded) {
      const name = `${route.method} ${route.path}`;
      expected[name] = canCome(actor, route) ? 'in' : 'rejected';
      found[name] = outcomes[await statusFor(visitor, route)] ?? 'in';
    }
    expect(found).toEqual(expected);
  });
});

describe('somebody who is not signed in', () => {
  it('gets through to public routes alone', async () => {
    const visitor = new Visitor(gate.origin);
    const through: string[] = [];
    for (const route of routes)
      if ((await statusFor(visitor, route)) !== 401) through.push(route.path);
    const open = routes.filter(({ access }) => access?.kind === 'public');
    expect(through).toEqual(open.map(({ path }) => path));
  });

  it('finds only these routes public', () => {
    const open = routes.filter(({ access }) => access?.kind === 'public').map(({ path }) => path);
    expect(open.toSorted()).toEqual([
      '/.well-known/oauth-authorization-server',
      '/api/openapi.json',
      '/api/sign-in',
      '/api/sign-in/back-channel-logout',
      '/api/sign-in/callback',
      '/api/sign-in/callback/:provider',
      '/api/sign-in/providers',
      '/api/v1/setup',
      '/health/live',
      '/health/ready',
      '/oauth/jwks',
      '/scim/v2/ServiceProviderConfig',
      '/ssf/events',
    ]);
  });
});

describe('a write of somebody signed in', () => {
  it('is rejected on every route without the CSRF token or from another origin', async () => {
    const visitor = await visitorWith('it', 'security');
    // What is public, or a machine's, never looks at a session.
    const writes = routes.filter(
      ({ method, access }) =>
        method !== 'GET' && access?.kind !== 'machine' && access?.kind !== 'public',
    );
    expect(writes.length).toBeGreaterThan(5);
    const token = { 'x-csrf-token': visitor.csrfToken };
    const through: string[] = [];
    for (const route of writes) {
      for (const headers of [
        { origin: gate.origin },
        token,
        { ...token, origin: 'http://evil.test' },
      ]) {
        const answer = await visitor.send(route.method, pathOf(route), { headers, body: {} });
        await answer.text();
        if (answer.status !== 403) through.push(`${route.method} ${route.path}`);
      }
    }
    expect(through).toEqual([]);
  });
});
