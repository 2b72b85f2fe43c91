import 'reflect-metadata';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RecordSigner } from '#libs/engine/record-signatures';
import { RegisterToolServer } from '#libs/registry/catalog';
import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { Database } from '#libs/platform/db';
import { newId, systemClock, type Actor } from '#libs/platform/kernel';
import { CommandWriter, verifyLedger } from '#libs/engine/ledger';
import { migrateQueue } from '#libs/platform/queue';
import { SecretBox } from '#libs/platform/secrets';
import { createLogger } from '#libs/platform/telemetry';
import {
  asProcess,
  createTestDatabase,
  createTestOrganisation,
  TEST_MASTER_KEY,
  type TestDatabase,
} from '#libs/dev/testing';
import { createOutbound, type Outbound } from '#libs/engine/upstream';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_ENDED } from './access-ended.js';
import { startWorker, WORKER_COMMANDS, type RunningWorker, type WorkerDeps } from './index.js';
import { serveProbes } from './probes.js';

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Notes', version: '1' },
  paths: {
    '/notes': { get: { operationId: 'list_notes', responses: { 200: { description: 'ok' } } } },
  },
};

let database: TestDatabase;
let db: Database;
let own: Database;
let runtime: CommandRuntime;
let writer: CommandWriter;
let outbound: Outbound;
let upstream: Server;
let origin: string;
let deps: WorkerDeps;
let actor: Actor;
const teamId = newId();

const register = async (slug: string): Promise<string> => {
  const { id } = await new RegisterToolServer(runtime, outbound).execute(actor, {
    slug,
    name: slug,
    kind: 'rest',
    url: origin,
    openapiUrl: `${origin}/openapi.json`,
    ownerId: actor.id,
    teamId,
  });
  return id;
};

const stateOf = async (id: string) =>
  (await db.toolServer.findUniqueOrThrow({ where: { id } })).state;

/** As after a flush of the queue: a worker that starts does every schedule at once. */
const clearSchedules = () => database.asSuperuser('TRUNCATE bullmq.job, bullmq.scheduler CASCADE');

const connections = async (): Promise<number> => {
  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  const { rows } = await client.query<{ count: string }>(
    `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename <> current_user`,
  );
  await client.end();
  return Number(rows[0]?.count);
};

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  const url = asProcess('worker', database.appUrl);
  own = new Database(url);
  const link = { url, writer: 'worker' as const, boot: newId() };
  writer = new CommandWriter(link, [...commandNames([...WORKER_COMMANDS, RegisterToolServer])]);
  const signer = new RecordSigner(TEST_MASTER_KEY);
  // What the api does beside it.
  runtime = new CommandRuntime(db, writer, systemClock, ACCESS_ENDED, signer);
  outbound = createOutbound({ allow: ['127.0.0.0/8'] });
  upstream = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(DOCUMENT));
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  deps = {
    config: { databaseUrl: url, redisUrl: null, decisionSamplePercent: 1 },
    db: own,
    runtime: new CommandRuntime(own, writer, systemClock, ACCESS_ENDED, signer),
    outbound,
    secrets: new SecretBox(TEST_MASTER_KEY),
    link,
    logger: createLogger({ level: 'silent', name: 'worker' }),
  };
  actor = await createTestOrganisation(db).addPerson(['it'], { name: 'It' });
  await db.team.create({ data: { id: teamId, name: 'engineering' } });
});

afterAll(async () => {
  await writer.stop();
  await outbound.close();
  await Promise.all([own.$disconnect(), db.$disconnect()]);
  await database.drop();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
});

describe('the worker', () => {
  it('does not start before the queue was migrated', async () => {
    await expect(startWorker(deps)).rejects.toThrow('Run the migrations first');
    await migrateQueue(database.ownerUrl, ['gatehouse_worker']);
  });

  it('discovers the tools of a server that was registered while it was away, and of the next', async () => {
    const early = await register('early');
    expect(await stateOf(early)).toBe('discovering');
    const worker: RunningWorker = await startWorker(deps);
    await expect.poll(() => stateOf(early), { timeout: 15_000 }).toBe('ready');
    const late = await register('late');
    await expect.poll(() => stateOf(late), { timeout: 15_000 }).toBe('ready');
    await worker.close();
    expect(await db.tool.count()).toBe(2);
    expect(await db.outbox.count({ where: { dispatchedAt: null } })).toBe(0);
  });

  it('does what its schedules say, also after the queue was flushed', async () => {
    await clearSchedules();
    await db.signingKey.deleteMany();
    const worker = await startWorker(deps);
    await expect.poll(() => db.signingKey.count(), { timeout: 15_000 }).toBe(1);
    await worker.close();
  });

  it('undoes what was done by emergency access alone that has expired, with an entry', async () => {
    const organisation = createTestOrganisation(db);
    const agentId = await organisation.addAgent({ state: 'active' });
    const [id, past] = [newId(), new Date(Date.now() - 1000)];
    const opened = { personId: actor.id, reason: 'fire', startedAt: past, expiresAt: past };
    await db.emergencyAccess.create({ data: { id, ...opened } });
    const about = { subjectKind: 'agent', subjectId: agentId, subjectName: 'a' };
    const entryId = newId();
    const did = { command: 'activate-agent', entryId, facts: {}, madeAt: past };
    await db.emergencyChange.create({ data: { id: newId(), emergencyId: id, ...about, ...did } });
    // The worker before it ran every schedule a moment ago: the next run would be up to half a minute away.
    await clearSchedules();
    const worker = await startWorker(deps);
    const state = async () => (await db.agent.findUniqueOrThrow({ where: { id: agentId } })).state;
    await expect.poll(state, { timeout: 15_000 }).toBe('suspended');
    await worker.close();
    const entry = await db.ledgerEntry.findFirstOrThrow({
      where: { type: 'close-emergency-access' },
    });
    expect(entry).toMatchObject({
      actorKind: 'system',
      subjectId: id,
      data: { facts: { emergencyIds: [id], changesUndone: [entryId], changesNotUndone: 0 } },
    });
  });

  it('lets go of everything that it opened', async () => {
    const before = await connections();
    const worker = await startWorker(deps);
    await worker.close();
    expect(await connections()).toBe(before);
    const waiting = await register('waiting');
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(await stateOf(waiting)).toBe('discovering');
  });

  it('answers probes on a port of its own', async () => {
    const server = await serveProbes({ port: 0, host: '127.0.0.1' }, deps.config, own);
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const statusOf = async (path: string) => (await fetch(`${base}${path}`)).status;
    expect(await statusOf('/health/live')).toBe(200);
    expect(await statusOf('/health/ready')).toBe(200);
    const dead = { queue: 'nowhere', name: 'x', payload: {}, createdAt: new Date() };
    const { id } = await db.outbox.create({ data: { id: newId(), ...dead, failedAt: new Date() } });
    const unready = await fetch(`${base}/health/ready`);
    expect([unready.status, await unready.text()]).toEqual([
      503,
      'not ready: 1 follow-ups cannot be queued: see gatehouse outbox list\n',
    ]);
    await db.outbox.delete({ where: { id } });
    expect(await statusOf('/health/ready')).toBe(200);
    expect(await (await fetch(`${base}/metrics`)).text()).toContain('gatehouse_commands_total');
    expect(await statusOf('/anything')).toBe(404);
    server.closeAllConnections();
    server.close();
    const lost = { databaseUrl: 'postgres://nobody:x@127.0.0.1:9/none', redisUrl: null };
    const withoutQueue = await serveProbes({ port: 0, host: '127.0.0.1' }, lost, own);
    const other = `http://127.0.0.1:${(withoutQueue.address() as AddressInfo).port}`;
    expect((await fetch(`${other}/health/ready`)).status).toBe(503);
    withoutQueue.closeAllConnections();
    withoutQueue.close();
  });

  it('leaves a ledger that verifies', async () => {
    expect(await verifyLedger(database.superuserUrl)).toMatchObject({ ok: true });
  });
});
