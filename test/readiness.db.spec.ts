import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asProcess, startOwnServer, type OwnServer } from '#libs/dev/testing';
import { Database } from '#libs/platform/db';
import { migrateQueue } from '#libs/platform/queue';
import { startTestApi, type TestApi } from '../apps/api/src/fixtures/test-api.js';
import { startGateway, type GatewayFixture } from '../apps/gateway/src/fixtures/gateway.fixture.js';
import { listen } from '../apps/gateway/src/fixtures/listen.fixture.js';
import { createProbeHandler } from '../apps/gateway/src/probes.js';
import { serveProbes } from '../apps/worker/src/probes.js';

let server: OwnServer;
let api: TestApi;
let gateway: GatewayFixture;
let db: Database;
const stops: (() => Promise<unknown> | void)[] = [];
const probes = new Map<string, string>();

beforeAll(async () => {
  server = await startOwnServer();
  api = await startTestApi(server.appUrl);
  probes.set('api', api.origin);
  gateway = await startGateway(server.appUrl);
  const ofGateway = await listen(createProbeHandler({ snapshots: gateway.snapshots }));
  stops.push(() => ofGateway.stop());
  probes.set('gateway', ofGateway.url);
  const databaseUrl = asProcess('worker', server.appUrl);
  await migrateQueue(server.ownerUrl, ['gatehouse_worker']);
  db = new Database(databaseUrl);
  const location = { databaseUrl, redisUrl: null };
  const ofWorker = await serveProbes({ port: 0, host: '127.0.0.1' }, location, db);
  stops.push(() => void ofWorker.close());
  probes.set('worker', `http://127.0.0.1:${(ofWorker.address() as AddressInfo).port}`);
}, 120_000);

afterAll(async () => {
  server.thaw();
  await gateway.stop();
  await api.close();
  for (const stop of stops) await stop();
  await db.$disconnect();
  await server.stop();
}, 60_000);

const ask = async (process: string, path: string) => {
  const askedAtMs = performance.now();
  const { status } = await fetch(`${probes.get(process)}${path}`);
  return { status, tookMs: performance.now() - askedAtMs };
};

describe.each(['api', 'gateway', 'worker'])('the %s', (process) => {
  it('is ready with its database', async () => {
    expect(await ask(process, '/health/ready')).toMatchObject({ status: 200 });
  });

  it('answers its probes within a second while PostgreSQL is stopped, and is ready again after it', async () => {
    await server.freeze();
    try {
      // A gateway is ready until its lease has ended, and answers at once all the same.
      await expect
        .poll(
          async () => {
            const [ready, ...others] = await Promise.all([
              ask(process, '/health/ready'),
              ask(process, '/health/ready'),
              ask(process, '/health/live'),
            ]);
            // Within a second; the rest is for a machine that does much besides. Without a bound they hang.
            for (const { tookMs } of [ready, ...others]) expect(tookMs).toBeLessThan(3000);
            expect(others.at(-1)?.status).toBe(200);
            return ready.status;
          },
          { timeout: 10_000, interval: 500 },
        )
        .toBe(503);
    } finally {
      server.thaw();
    }
    await expect
      .poll(async () => (await ask(process, '/health/ready')).status, { timeout: 15_000 })
      .toBe(200);
  });
});
