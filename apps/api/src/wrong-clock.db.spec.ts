import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { routesOfApplication, type ApiRoute } from '#libs/platform/http';
import { HOUR_MS } from '#libs/platform/kernel';
import { startTestApi, type TestApi } from './fixtures/test-api.js';

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

const isProbe = ({ path }: ApiRoute) => path.startsWith('/health/');
const ask = ({ method, path }: Pick<ApiRoute, 'method' | 'path'>) =>
  fetch(`${gate.origin}${path.replaceAll(/[:{]\w+\}?/g, 'x')}`, { method, redirect: 'manual' });
const statuses = async (): Promise<Map<string, number>> => {
  const answers = new Map<string, number>();
  for (const route of routes.filter((one) => !isProbe(one)))
    answers.set(`${route.method} ${route.path}`, (await ask(route)).status);
  return answers;
};

describe.each([-2 * HOUR_MS, 2 * HOUR_MS, -5500, 5500])(
  'an api whose clock is moved by %i ms while it runs',
  (byMs) => {
    it('answers 503 on every path from the next request on, until the clock is true again', async () => {
      gate.moveClock(byMs);
      try {
        const whileOff = await statuses();
        expect(whileOff.size).toBeGreaterThan(50);
        expect([...whileOff].filter(([, status]) => status !== 503)).toEqual([]);
      } finally {
        gate.moveClock(0);
      }
      expect((await ask({ method: 'POST', path: '/oauth/token' })).status).toBe(401);
      expect((await ask({ method: 'GET', path: '/api/v1/agents' })).status).toBe(401);
    });

    it('says so in the words of each protocol, issues no token, lives and is not ready', async () => {
      gate.moveClock(byMs);
      try {
        const token = await ask({ method: 'POST', path: '/oauth/token' });
        expect([token.status, token.headers.get('retry-after')]).toEqual([503, '1']);
        expect(await token.json()).toMatchObject({ error: 'temporarily_unavailable' });
        const scim = await ask({ method: 'GET', path: '/scim/v2/Users' });
        expect(await scim.json()).toMatchObject({ status: '503' });
        expect((await ask({ method: 'GET', path: '/health/live' })).status).toBe(200);
        const ready = await ask({ method: 'GET', path: '/health/ready' });
        expect(ready.status).toBe(503);
        expect(await ready.text()).toContain('synchronise it');
      } finally {
        gate.moveClock(0);
      }
      expect((await ask({ method: 'GET', path: '/health/ready' })).status).toBe(200);
    });
  },
);
