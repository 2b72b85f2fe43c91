import { ADVISORY_LOCKS, Database, transaction, type Tx } from '#libs/platform/db';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { startGateway, type GatewayFixture } from './fixtures/gateway.fixture.js';
import { holdNextAnswer } from './fixtures/rest-server.fixture.js';
import { routes } from './routes.js';
import { signEverything } from './fixtures/sign-everything.fixture.js';

let database: TestDatabase;
let gateway: GatewayFixture;
let superuser: pg.Client;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  gateway = await startGateway(database.appUrl);
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
  db = new Database(database.appUrl);
});

afterAll(async () => {
  await gateway.stop();
  await superuser.end();
  await db.$disconnect();
  await database.drop();
});

beforeEach(() => {
  gateway.rest.seen.length = 0;
});

let made = 0;
const call = (): Promise<Response> => {
  made += 1;
  return gateway.call('coder', {
    server: 'helpdesk',
    tool: 'search_tickets',
    arguments: { q: `call-${made}` },
  });
};

/** Keeps calls in flight for as long as `during` runs; answers how many had each status. */
const underLoad = async (
  during: (statuses: ReadonlyMap<number, number>) => Promise<void>,
): Promise<Map<number, number>> => {
  const statuses = new Map<number, number>();
  const over = new AbortController();
  const caller = async () => {
    while (!over.signal.aborted) {
      const { status } = await call();
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 503) await sleep(20);
    }
  };
  const callers = Promise.all(Array.from({ length: 8 }, caller));
  await sleep(300);
  await during(statuses);
  over.abort();
  await callers;
  return statuses;
};

/** What the tool server saw and the ledger does not allow (invariant G1): this must be empty. */
const unrecorded = async (): Promise<string[]> => {
  const { rows } = await superuser.query<{ q: string }>(`
    SELECT p.content::json->>'q' AS q FROM ledger_entry e
    JOIN ledger_payload p ON p.entry_id = e.id AND p.name = 'arguments'
    WHERE e.type = 'call.intent' AND e.data->>'decision' = 'allow'`);
  const allowed = new Set(rows.map(({ q }) => q));
  return gateway.rest.seen
    .map(({ url }) => new URL(url, gateway.url).searchParams.get('q') ?? url)
    .filter((q) => !allowed.has(q));
};

const untilCallsWork = async () => {
  await expect
    .poll(async () => (await call()).status, { timeout: 20_000, interval: 200 })
    .toBe(200);
};

const fillDisk = () =>
  superuser.query(`
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$;
    CREATE TRIGGER full_disk BEFORE INSERT ON ledger_entry EXECUTE FUNCTION full_disk();`);
const freeDisk = () =>
  superuser.query('DROP TRIGGER full_disk ON ledger_entry; DROP FUNCTION full_disk()');

describe('no upstream effect without a durable decision', () => {
  it('is something that this suite would notice', async () => {
    await fetch(`${gateway.rest.url}/tickets?q=behind-the-back`);
    expect(await unrecorded()).toEqual(['behind-the-back']);
  });

  it('holds when the ledger becomes unwritable under load, and calls go on afterwards', async () => {
    const statuses = await underLoad(async (soFar) => {
      const seen = async (status: number) => {
        await expect.poll(() => soFar.get(status) ?? 0, { timeout: 10_000 }).toBeGreaterThan(0);
      };
      await seen(200);
      await fillDisk();
      const seenBefore = gateway.rest.seen.length;
      await sleep(800);
      // What was already decided may still arrive: one call of each caller at most.
      expect(gateway.rest.seen.length - seenBefore).toBeLessThanOrEqual(8);
      await seen(503);
      await freeDisk();
    });
    expect(statuses.get(200)).toBeGreaterThan(0);
    expect(statuses.get(503)).toBeGreaterThan(0);
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    await untilCallsWork();
    expect(await unrecorded()).toEqual([]);
  });

  it('holds when every connection to the database is cut under load', async () => {
    const statuses = await underLoad(async () => {
      for (let cut = 0; cut < 3; cut += 1) {
        await superuser.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
        );
        await sleep(300);
      }
    });
    expect(statuses.get(200)).toBeGreaterThan(0);
    await untilCallsWork();
    expect(await unrecorded()).toEqual([]);
  });

  it('holds while the database is gone: 503, not usable after the lease, and back by itself', async () => {
    const name = new URL(database.superuserUrl).pathname.slice(1);
    const elsewhere = new pg.Client({
      connectionString: database.superuserUrl.replace(/\/[^/]*$/, '/postgres'),
    });
    await elsewhere.connect();
    await superuser.end();
    await db.$disconnect();
    await elsewhere.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await elsewhere.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1',
      [name],
    );
    const goneAt = performance.now();
    expect((await call()).status).toBe(503);
    await expect
      .poll(() => gateway.snapshots.notUsableBecause === null, { timeout: 10_000 })
      .toBe(false);
    expect(performance.now() - goneAt).toBeLessThan(5_500);
    const response = await call();
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(gateway.rest.seen).toEqual([]);
    for (const { method, path } of routes) {
      const { status } = await fetch(`${gateway.url}${path.replace(/\{.*\}/, 'any')}`, { method });
      expect([path, status]).toEqual([path, 503]);
    }
    await elsewhere.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await elsewhere.end();
    superuser = new pg.Client({ connectionString: database.superuserUrl });
    await superuser.connect();
    await untilCallsWork();
    expect(await unrecorded()).toEqual([]);
  });
});

const setState = (tx: Tx, state: 'active' | 'suspended') =>
  tx.agent.update({ where: { name: 'coder' }, data: { state } });

/** Suspends the coder in the superuser's transaction, as it was signed in another one that was undone. */
const prepareSuspension = async (): Promise<() => Promise<void>> => {
  let signed: { recordId: string; statement: string; signature: string } | undefined;
  const undone = new Error('undone');
  await transaction(db, async (tx) => {
    const { id } = await setState(tx, 'suspended');
    await signEverything(tx);
    const key = { kind_recordId: { kind: 'agent', recordId: id } };
    signed = await tx.recordSignature.findUniqueOrThrow({ where: key });
    throw undone;
  }).catch((error: unknown) => expect(error).toBe(undone));
  return async () => {
    await superuser.query(`UPDATE agent SET state = 'suspended' WHERE name = 'coder'`);
    await superuser.query(
      `UPDATE record_signature SET version = version + 1, statement = $2, signature = $3
       WHERE record_id = $1`,
      [signed?.recordId, signed?.statement, signed?.signature],
    );
  };
};

const moveEpoch = (client: pg.Client) =>
  client.query(
    `UPDATE epoch SET value = value + 1, registry = value + 1; SELECT pg_notify('gatehouse_epoch', '')`,
  );

const allows = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM ledger_entry WHERE type = 'call.intent' AND data->>'decision' = 'allow'",
  );
  return rows[0]?.n ?? 0;
};

const reinstate = async () => {
  await transaction(db, async (tx) => {
    await setState(tx, 'active');
    await signEverything(tx);
  });
  await moveEpoch(superuser);
  await untilCallsWork();
};

describe('an outcome that cannot be recorded', () => {
  it('is told as such, and recorded as soon as the ledger can be written again', async () => {
    const held = holdNextAnswer(gateway.rest);
    const inProgress = call();
    await held.arrived;
    await fillDisk();
    held.release();
    const response = await inProgress;
    expect(response.status).toBe(503);
    const problem = (await response.json()) as { code: string; detail: string; callId: string };
    expect(problem.code).toBe('outcome_not_recorded');
    expect(problem.detail).toContain('may have taken effect');
    const entries = async () => {
      const { rows } = await superuser.query<{ type: string; outcome: string | null }>(
        `SELECT type, data->>'outcome' AS outcome FROM ledger_entry WHERE call_id = $1 ORDER BY id`,
        [problem.callId],
      );
      return rows;
    };
    const intent = { type: 'call.intent', outcome: null };
    expect(await entries()).toEqual([intent]);
    await freeDisk();
    await expect
      .poll(entries, { timeout: 20_000 })
      .toEqual([intent, { type: 'call.outcome', outcome: 'succeeded' }]);
    await untilCallsWork();
  });
});

describe('a revocation', () => {
  it('that commits between a call’s evaluation and its intent makes it evaluated again', async () => {
    const suspend = await prepareSuspension();
    await superuser.query('BEGIN');
    await superuser.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.epoch]);
    const evaluated = call();
    await sleep(300);
    await suspend();
    await moveEpoch(superuser);
    await superuser.query('COMMIT');
    const response = await evaluated;
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'agent_not_active' });
    expect(gateway.rest.seen).toEqual([]);
    await reinstate();
  });

  it('is followed by no allow, however many calls were in progress', async () => {
    const suspend = await prepareSuspension();
    let before = -1;
    const statuses = await underLoad(async () => {
      await superuser.query('BEGIN');
      await superuser.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.epoch]);
      // Until then, calls that were evaluated under the old epoch gather at the lock.
      await sleep(200);
      await suspend();
      await moveEpoch(superuser);
      // Nothing can be added while the lock is held, so this is what was allowed before.
      before = await allows(superuser);
      await superuser.query('COMMIT');
      await sleep(500);
    });
    expect(await allows(superuser)).toBe(before);
    expect(statuses.get(200)).toBeGreaterThan(0);
    expect(statuses.get(403)).toBeGreaterThan(0);
    await reinstate();
  });
});
