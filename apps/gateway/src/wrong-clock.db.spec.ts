import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { HOUR_MS } from '#libs/platform/kernel';
import { startGateway, type GatewayFixture } from './fixtures/gateway.fixture.js';
import { listen } from './fixtures/listen.fixture.js';
import { createProbeHandler } from './probes.js';
import { routes } from './routes.js';

let database: TestDatabase;
let gateway: GatewayFixture;
let offMs = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  const clock = { now: () => new Date(Date.now() + offMs) };
  gateway = await startGateway(database.appUrl, { clock });
});
afterAll(async () => {
  await gateway.stop();
  await database.drop();
});

const search = { server: 'helpdesk', tool: 'search_tickets', arguments: { q: 'clock' } };

/** What each route, and an address that is none, answers to a good token. */
const statuses = async (): Promise<Map<string, number>> => {
  const token = await gateway.token('coder');
  const addresses = [...routes, { method: 'GET' as const, path: '/nowhere' }];
  const answers = new Map<string, number>();
  for (const { method, path } of addresses) {
    const { status } = await fetch(`${gateway.url}${path.replace(/\{.*\}/, 'helpdesk')}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(method === 'POST' ? { body: '{}' } : {}),
    });
    answers.set(`${method} ${path}`, status);
  }
  return answers;
};

const expiredToken = () => {
  const exp = Math.floor(Date.now() / 1000) - 3600;
  return gateway.idp.accessToken({
    sub: 'coder',
    aud: 'https://gatehouse.example.test',
    iat: exp - 300,
    exp,
  });
};

describe.each([-2 * HOUR_MS, 2 * HOUR_MS, -5500, 5500])(
  'a gateway whose clock is moved by %i ms while it runs',
  (byMs) => {
    it('answers 503 on every path from the next request on, until the clock is true again', async () => {
      expect([...(await statuses()).values()]).not.toContain(503);
      offMs = byMs;
      try {
        const whileOff = await statuses();
        expect([...whileOff].filter(([, status]) => status !== 503)).toEqual([]);
        const rejected = await gateway.call('coder', search);
        expect(rejected.headers.get('retry-after')).toBe('1');
        expect(await rejected.json()).toMatchObject({ code: 'unavailable', reason: 'clock_off' });
      } finally {
        offMs = 0;
      }
      expect((await gateway.call('coder', search)).status).toBe(200);
    });

    it('does not take a token for good that has expired, nor reach a tool server', async () => {
      const authorization = `Bearer ${await expiredToken()}`;
      gateway.rest.seen.length = 0;
      offMs = byMs;
      try {
        expect((await gateway.call('coder', search, { authorization })).status).toBe(503);
      } finally {
        offMs = 0;
      }
      expect(gateway.rest.seen).toEqual([]);
      expect((await gateway.call('coder', search, { authorization })).status).toBe(401);
    });

    it('lives and is not ready', async () => {
      const probe = await listen(createProbeHandler({ snapshots: gateway.snapshots }));
      offMs = byMs;
      try {
        expect((await fetch(`${probe.url}/health/live`)).status).toBe(200);
        const ready = await fetch(`${probe.url}/health/ready`);
        expect(ready.status).toBe(503);
        expect(await ready.text()).toContain('synchronise it');
      } finally {
        offMs = 0;
      }
      expect((await fetch(`${probe.url}/health/ready`)).status).toBe(200);
      await probe.stop();
    });
  },
);
