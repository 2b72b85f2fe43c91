import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bumpEpoch, Database, readEpoch, transaction } from '#libs/platform/db';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { CallWriter } from './call-writer.js';
import { Chain } from './chain.js';
import { newIntent, newLink, newOutcome } from './ledger.fixture.js';
import { MAX_PAYLOAD_BYTES } from './prepare-entry.js';
import { verifyLedger } from './verify/verify-ledger.js';

let database: TestDatabase;
let db: Database;
let superuser: pg.Client;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop().catch(() => undefined);
});
afterAll(async () => {
  await superuser.end();
  await db.$disconnect();
  await database.drop();
});

const startWriter = async (
  more: Parameters<typeof newLink>[1] = {},
  limits: ConstructorParameters<typeof CallWriter>[1] = {},
) => {
  const link = newLink(database.appUrl, more);
  const writer = new CallWriter(link, limits);
  stops.push(() => writer.stop());
  await writer.start();
  return { writer, boot: link.boot };
};

const chainsOf = async (boot: string): Promise<string[]> => {
  const { rows } = await superuser.query<{ chain: string }>(
    `SELECT chain FROM ledger_entry WHERE type = 'chain.opened' AND subject_id = $1 ORDER BY id`,
    [boot],
  );
  return rows.map((row) => row.chain);
};
const count = async (where: string, ...values: unknown[]): Promise<number> => {
  const sql = `SELECT count(*)::int AS n FROM ledger_entry WHERE ${where}`;
  return (await superuser.query<{ n: number }>(sql, values)).rows[0]?.n ?? -1;
};
const epochNow = () => readEpoch(db);
const bump = () => transaction(db, bumpEpoch);
const killWritersOf = (boot: string) =>
  superuser.query(
    `SELECT pg_terminate_backend(l.pid) FROM ledger_entry e JOIN pg_locks l
       ON l.locktype = 'advisory' AND ((l.classid::bigint << 32) | l.objid::bigint) = ledger_life_lock(e.chain)
     WHERE e.type = 'chain.opened' AND e.subject_id = $1`,
    [boot],
  );

// Each of many callers evaluates under the epoch that a poll every 20 ms saw last, as a replica that
// missed the hint would. An allow is late when it becomes visible after the revocation's commit.
const countLateAllows = async (
  write: (intent: ReturnType<typeof newIntent>, epoch: bigint) => Promise<boolean>,
): Promise<{ late: number; written: number }> => {
  let seen = await epochNow();
  const end = new AbortController();
  let written = 0;
  const first = seen;
  const poll = (async () => {
    while (!end.signal.aborted) {
      seen = await epochNow();
      await sleep(20);
    }
  })();
  const callers = Array.from({ length: 32 }, async () => {
    while (!end.signal.aborted) {
      if (await write(newIntent(Number(seen)), seen)) written += 1;
      else await sleep(1);
    }
  });
  const old = `type = 'call.intent' AND (data->>'epoch')::bigint >= $1 AND (data->>'epoch')::bigint < $2`;
  const allowed = new Map<bigint, number>();
  for (let round = 0; round < 20; round += 1) {
    await sleep(40);
    const epoch = await bump();
    allowed.set(epoch, await count(old, first, epoch));
  }
  end.abort();
  await Promise.all([poll, ...callers]);
  let late = 0;
  for (const [epoch, before] of allowed) late += (await count(old, first, epoch)) - before;
  return { late, written };
};

const owner = async (sql: string) => {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(sql).finally(() => client.end());
};

describe('the call writer', () => {
  it('gives many waiting calls one contiguous chain that verifies', async () => {
    const { writer } = await startWriter();
    const epoch = await epochNow();
    const results = await Promise.all(
      Array.from({ length: 500 }, () => writer.appendIntent(newIntent(Number(epoch)), epoch)),
    );
    const seqs = results.map((result) => (result.committed ? result.position.seq : -1));
    expect(seqs).toEqual(Array.from({ length: 500 }, (_, index) => index + 2));
    expect(await verifyLedger(database.superuserUrl)).toMatchObject({
      ok: true,
      firstProblem: null,
    });
  });

  it('writes a batch whole or not at all', async () => {
    const chain = await Chain.open(newLink(database.appUrl), 'calls');
    const twice = chain.prepare(newIntent());
    await expect(chain.append([chain.prepare(newIntent()), twice, twice])).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(await count('chain = $1', chain.id)).toBe(1);
    chain.abandon('done');
  });

  it('rejects an intent that was evaluated under an older epoch', async () => {
    const { writer, boot } = await startWriter();
    const evaluated = await epochNow();
    const now = await bump();
    const [intent, outcome] = await Promise.all([
      writer.appendIntent(newIntent(Number(evaluated)), evaluated),
      writer.append(newOutcome(newIntent())),
    ]);
    expect(intent).toEqual({ committed: false, epoch: now });
    expect(outcome.seq).toBe(2);
    const [chain] = await chainsOf(boot);
    expect(await count(`chain = $1 AND type = 'call.intent'`, chain)).toBe(0);
    expect(await writer.appendIntent(newIntent(Number(now)), now)).toMatchObject({
      committed: true,
    });
  });

  it('rejects an entry that is too large, alone', async () => {
    const { writer } = await startWriter();
    const epoch = await epochNow();
    const large = { ...newIntent(), payloads: { arguments: 'x'.repeat(MAX_PAYLOAD_BYTES) } };
    const [bad, good] = await Promise.allSettled([
      writer.appendIntent(large, epoch),
      writer.appendIntent(newIntent(), epoch),
    ]);
    expect(bad).toMatchObject({ reason: { code: 'payload_too_large' } });
    expect(good).toMatchObject({ value: { committed: true } });
  });

  it('rejects new calls when too many wait, and serves those that wait', async () => {
    const { writer } = await startWriter({}, { maxWaitingEntries: 10 });
    const epoch = await epochNow();
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, () => writer.appendIntent(newIntent(), epoch)),
    );
    const served = results.filter((result) => result.status === 'fulfilled').length;
    expect(served).toBe(10);
    expect(results.at(-1)).toMatchObject({ reason: { code: 'unavailable' } });
  });

  it('writes unknown for the calls still in progress when it is stopped', async () => {
    const { writer, boot } = await startWriter();
    const epoch = await epochNow();
    const [open, done] = [newIntent(), newIntent()];
    await writer.appendIntent(open, epoch);
    await writer.appendIntent(done, epoch);
    await writer.append(newOutcome(done));
    await writer.stop();
    expect(await count(`call_id = $1 AND data->>'outcome' = 'unknown'`, open.callId)).toBe(1);
    expect(await count(`call_id = $1 AND type = 'call.outcome'`, done.callId)).toBe(1);
    const [chain] = await chainsOf(boot);
    expect(
      await count(`subject_id = $1 AND data->>'reason' = 'stopped' AND chain = $2`, chain, chain),
    ).toBe(1);
  });
});

describe('a revocation', () => {
  it('is exact: no allow is committed after it', async () => {
    const { writer } = await startWriter();
    const { late, written } = await countLateAllows(
      async (intent, epoch) => (await writer.appendIntent(intent, epoch)).committed,
    );
    expect(written).toBeGreaterThan(500);
    expect(late).toBe(0);
  });

  it('would come late without the guard (negative control)', async () => {
    const { writer } = await startWriter();
    const unguarded = writer as unknown as { append(entry: unknown): Promise<unknown> };
    const { late } = await countLateAllows(async (intent) => {
      await unguarded.append(intent);
      return true;
    });
    expect(late).toBeGreaterThan(0);
  });
});

describe('when the connection to PostgreSQL breaks under load', () => {
  it('loses nothing that was acknowledged, goes on in a new chain and closes the old one', async () => {
    const { writer, boot } = await startWriter();
    const epoch = await epochNow();
    const acknowledged: string[] = [];
    const rejected: unknown[] = [];
    const end = new AbortController();
    const callers = Array.from({ length: 16 }, async () => {
      while (!end.signal.aborted) {
        const intent = newIntent();
        try {
          await writer.appendIntent(intent, epoch);
          acknowledged.push(intent.callId);
        } catch (error) {
          rejected.push(error);
          await sleep(5);
        }
      }
    });
    // A kill between two batches rejects nobody: go on until one has hit a batch in progress.
    for (let round = 0; round < 5 || (rejected.length === 0 && round < 100); round += 1) {
      await sleep(100);
      await killWritersOf(boot);
    }
    await sleep(200);
    end.abort();
    await Promise.all(callers);
    expect(rejected.length).toBeGreaterThan(0);
    expect(await count('call_id = ANY($1::uuid[])', acknowledged)).toBe(acknowledged.length);
    const chains = await chainsOf(boot);
    expect(chains.length).toBeGreaterThan(1);
    for (const dead of chains.slice(0, -1))
      expect(await count(`subject_id = $1 AND type = 'chain.closed'`, dead)).toBe(1);
    expect(await verifyLedger(database.superuserUrl)).toMatchObject({ ok: true });
  });

  it('gives the chain up when somebody else wrote its next entry', async () => {
    const { writer, boot } = await startWriter();
    const [chain] = await chainsOf(boot);
    await superuser.query(
      `INSERT INTO ledger_entry (chain, seq, id, format, prev, hash, type, at, actor_kind, actor_id, data)
       SELECT chain, 2, gen_random_uuid(), 1, hash, hash, 'call.intent', now(), 'agent', 'x', '{}'
       FROM ledger_entry WHERE chain = $1`,
      [chain],
    );
    const epoch = await epochNow();
    await expect(writer.appendIntent(newIntent(), epoch)).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(await writer.appendIntent(newIntent(), epoch)).toMatchObject({ committed: true });
    const report = await verifyLedger(database.superuserUrl);
    expect(report.problems.map(({ kind }) => kind)).toContain('after_close');
    await superuser.query('DELETE FROM ledger_entry WHERE chain = $1 AND seq = 2', [chain]);
  });
});

describe('when the ledger cannot be written', () => {
  it('says unavailable for a missing right, and goes on in the same chain when it is back', async () => {
    const { writer, boot } = await startWriter();
    const epoch = await epochNow();
    await owner('REVOKE INSERT ON ledger_entry FROM gatehouse_app');
    try {
      await expect(writer.appendIntent(newIntent(), epoch)).rejects.toMatchObject({
        code: 'unavailable',
      });
    } finally {
      await owner('GRANT INSERT ON ledger_entry TO gatehouse_app');
    }
    expect(await writer.appendIntent(newIntent(), epoch)).toMatchObject({ position: { seq: 2 } });
    expect(await chainsOf(boot)).toHaveLength(1);
  });

  it('says unavailable when a lock holds it up', async () => {
    const { writer } = await startWriter({ statementTimeoutMs: 200 });
    const epoch = await epochNow();
    await superuser.query('BEGIN');
    await superuser.query('LOCK TABLE ledger_entry IN SHARE MODE');
    try {
      await expect(writer.appendIntent(newIntent(), epoch)).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.not.stringMatching(/lock|timeout|SQL/i) as string,
      });
    } finally {
      await superuser.query('ROLLBACK');
    }
    expect(await writer.appendIntent(newIntent(), epoch)).toMatchObject({ committed: true });
  });

  it('says unavailable when there is no database', async () => {
    const writer = new CallWriter(newLink('postgres://nobody@127.0.0.1:9/none'));
    await expect(writer.appendIntent(newIntent(), 1n)).rejects.toMatchObject({
      code: 'unavailable',
    });
    await writer.stop();
  });
});

describe('the application role', () => {
  it.each([
    'UPDATE ledger_entry SET at = now()',
    'DELETE FROM ledger_entry',
    'TRUNCATE ledger_entry',
    'UPDATE ledger_payload SET content = content',
    'DELETE FROM ledger_payload',
    'TRUNCATE ledger_payload',
    'ALTER TABLE ledger_entry DROP COLUMN hash',
    'DROP FUNCTION ledger_life_lock',
  ])('cannot %s', async (sql) => {
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
    await client.end();
  });
});
