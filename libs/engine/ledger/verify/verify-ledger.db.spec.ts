import fc from 'fast-check';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { Chain } from '../chain.js';
import { CrashedChains } from '../crashed-chains.js';
import { newIntent, newLink, newOutcome } from '../ledger.fixture.js';
import type { LedgerProblemKind, VerificationReport } from './report.js';
import { hashAtSeq, STORED_COLUMNS, type StoredRow } from './stored-entry.js';
import { verifyLedger } from './verify-ledger.js';

// Two chains of 12 calls: the first crashed and was closed on the second, which closed itself.
let database: TestDatabase;
let superuser: pg.Client;
let crashed: string;
let closer: string;

beforeAll(async () => {
  database = await createTestDatabase();
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
  const first = await Chain.open(newLink(database.appUrl), 'calls');
  await writeCalls(first);
  await first.connection.end();
  const chains = new CrashedChains(newLink(database.appUrl, { writer: 'worker' }));
  await chains.close();
  await chains.stop();
  crashed = first.id;
  closer = (
    await superuser.query<{ chain: string }>(
      `SELECT chain FROM ledger_entry WHERE subject_id = $1 AND type = 'chain.closed'`,
      [crashed],
    )
  ).rows[0]!.chain;
  await run('CREATE TABLE kept_entry AS TABLE ledger_entry');
  await run('CREATE TABLE kept_payload AS TABLE ledger_payload');
});
afterAll(async () => {
  await superuser.end();
  await database.drop();
});

const writeCalls = async (chain: Chain) => {
  for (let i = 0; i < 12; i += 1) {
    const intent = newIntent(1, `call ${i}`);
    await chain.append([chain.prepare(intent), chain.prepare(newOutcome(intent))]);
  }
};
const run = async (sql: string, ...values: unknown[]): Promise<number> =>
  (await superuser.query(sql, values)).rowCount ?? 0;
const restore = async () => {
  await run('TRUNCATE ledger_entry, ledger_payload');
  await run('INSERT INTO ledger_entry SELECT * FROM kept_entry');
  await run('INSERT INTO ledger_payload SELECT * FROM kept_payload');
};
const verify = (): Promise<VerificationReport> => verifyLedger(database.superuserUrl);
const idAt = async (chain: string, seq: number): Promise<string> =>
  (
    await superuser.query<{ id: string }>(
      'SELECT id FROM kept_entry WHERE chain = $1 AND seq = $2',
      [chain, seq],
    )
  ).rows[0]!.id;
const rehash = async (chain: string, seq: number): Promise<void> => {
  await superuser.query(`SET TimeZone = 'UTC'`);
  const { rows } = await superuser.query<StoredRow>(
    `SELECT ${STORED_COLUMNS} FROM ledger_entry WHERE chain = $1 AND seq = $2`,
    [chain, seq],
  );
  const hash = hashAtSeq(rows[0]!, seq);
  await run(
    `UPDATE ledger_entry SET hash = decode($3, 'hex') WHERE chain = $1 AND seq = $2`,
    chain,
    seq,
    hash,
  );
};
const kinds = (report: VerificationReport): LedgerProblemKind[] =>
  report.problems.map(({ kind }) => kind);

describe('verification', () => {
  beforeEach(restore);
  afterEach(() => run('SET session_replication_role = DEFAULT'));

  it('finds nothing in an untouched ledger, counts it, and says what it cannot prove', async () => {
    const report = await verify();
    expect(report).toMatchObject({
      ok: true,
      firstProblem: null,
      problems: [],
      chains: 2,
      payloads: 36,
    });
    expect(report.entries).toBe(25 + 3);
    expect(report.cannotProve.join()).toMatch(/cut off .* re-hashed/s);
  });

  it('finds nothing in the snapshot of a ledger that is being written', async () => {
    const chain = await Chain.open(newLink(database.appUrl), 'calls');
    const end = new AbortController();
    const writing = (async () => {
      while (!end.signal.aborted) await chain.append([chain.prepare(newIntent())]);
    })();
    for (let round = 0; round < 5; round += 1) expect((await verify()).problems).toEqual([]);
    end.abort();
    await writing;
    await chain.close('stopped');
  });

  it.each([
    ['chain', `gen_random_uuid()`],
    ['seq', `seq + 1000`],
    ['id', `gen_random_uuid()`],
    ['format', `2`],
    ['prev', `sha256('x')`],
    ['hash', `sha256('x')`],
    ['type', `'call.outcome'`],
    ['at', `at + interval '1 ms'`],
    ['at', `'infinity'`],
    ['actor_kind', `'person'`],
    ['actor_id', `actor_id || ' '`],
    ['subject_kind', `NULL`],
    ['subject_id', `'somebody else'`],
    ['call_id', `NULL`],
    ['data', `jsonb_set(data, '{decision}', '"deny"')`],
    ['data', `jsonb_set(data, '{epoch}', '1.0')`],
    ['data', `data || '{"more": 1}'`],
    ['data', `'[]'`],
  ])('names the entry whose %s was edited to %s', async (column, expression) => {
    expect(
      await run(
        `UPDATE ledger_entry SET ${column} = ${expression} WHERE chain = $1 AND seq = 8`,
        crashed,
      ),
    ).toBe(1);
    const { ok, firstProblem } = await verify();
    expect(ok).toBe(false);
    const moved = column === 'chain' || column === 'seq';
    expect(firstProblem).toMatchObject(
      moved
        ? { kind: 'missing', chain: crashed, seq: 8 }
        : {
            kind: 'changed',
            chain: crashed,
            seq: 8,
            ...(column === 'id' ? {} : { id: await idAt(crashed, 8) }),
          },
    );
  });

  it('covers every column there is', async () => {
    const { rows } = await superuser.query<{ column: string }>(
      `SELECT column_name AS column FROM information_schema.columns WHERE table_name = 'ledger_entry'`,
    );
    expect(rows.map(({ column }) => column).toSorted()).toEqual(
      'actor_id actor_kind at call_id chain data format hash id prev seq subject_id subject_kind type'.split(
        ' ',
      ),
    );
  });

  it.each([
    ['the first entry', 1, 'missing'],
    ['an entry in the middle', 9, 'missing'],
    ['the last entry', 25, 'truncated'],
  ])('names %s of a closed chain when it was removed', async (_what, seq, kind) => {
    await run('DELETE FROM ledger_entry WHERE chain = $1 AND seq = $2', crashed, seq);
    expect((await verify()).firstProblem).toMatchObject({ kind, chain: crashed, seq, id: null });
  });

  it('names a closed chain that was removed as a whole', async () => {
    await run('DELETE FROM ledger_entry WHERE chain = $1', crashed);
    await run('DELETE FROM ledger_payload');
    const { problems } = await verify();
    expect(problems[0]).toMatchObject({ kind: 'truncated', chain: crashed, seq: 1 });
  });

  it('names the chain.closed entry that was removed', async () => {
    await run('DELETE FROM ledger_entry WHERE chain = $1 AND seq = 2', closer);
    expect((await verify()).firstProblem).toMatchObject({ kind: 'missing', chain: closer, seq: 2 });
  });

  it('names two entries that changed places', async () => {
    await run('UPDATE ledger_entry SET seq = -seq WHERE chain = $1 AND seq IN (6, 10)', crashed);
    await run('UPDATE ledger_entry SET seq = 16 + seq WHERE chain = $1 AND seq < 0', crashed);
    const report = await verify();
    expect(report.firstProblem).toMatchObject({
      kind: 'reordered',
      chain: crashed,
      seq: 6,
      id: await idAt(crashed, 10),
    });
    expect(kinds(report)).toEqual(['reordered', 'reordered']);
  });

  it('names an entry that was changed and hashed anew', async () => {
    await run(
      `UPDATE ledger_entry SET actor_id = 'somebody else' WHERE chain = $1 AND seq = 8`,
      crashed,
    );
    await rehash(crashed, 8);
    expect((await verify()).firstProblem).toMatchObject({
      kind: 'broken_link',
      seq: 8,
      id: await idAt(crashed, 8),
    });
    const withoutLinks = await verifyLedger(database.superuserUrl, { checkLinks: false });
    expect(withoutLinks.ok).toBe(true);
  });

  it('names the last entry of a closed chain that was changed and hashed anew', async () => {
    await run(
      `UPDATE ledger_entry SET actor_id = 'somebody else' WHERE chain = $1 AND seq = 25`,
      crashed,
    );
    await rehash(crashed, 25);
    expect((await verify()).firstProblem).toMatchObject({
      kind: 'broken_link',
      chain: crashed,
      seq: 25,
    });
  });

  it('names an entry that was put in where another was removed', async () => {
    await run('DELETE FROM ledger_entry WHERE chain = $1 AND seq = 9', crashed);
    await run(
      `INSERT INTO ledger_entry SELECT chain, 9, gen_random_uuid(), format, hash, hash, type, at, actor_kind,
         actor_id, subject_kind, subject_id, NULL, data - 'digests' FROM ledger_entry WHERE chain = $1 AND seq = 8`,
      crashed,
    );
    await rehash(crashed, 9);
    expect((await verify()).firstProblem).toMatchObject({
      kind: 'broken_link',
      chain: crashed,
      seq: 9,
    });
  });

  it('names an entry that was added after the close', async () => {
    await run(
      `INSERT INTO ledger_entry SELECT chain, 26, gen_random_uuid(), format, hash, hash, type, at, actor_kind,
         actor_id, subject_kind, subject_id, NULL, data - 'digests' FROM ledger_entry WHERE chain = $1 AND seq = 25`,
      crashed,
    );
    await rehash(crashed, 26);
    expect((await verify()).firstProblem).toMatchObject({
      kind: 'after_close',
      chain: crashed,
      seq: 26,
    });
  });

  it.each([
    ['payload_changed', `UPDATE ledger_payload SET content = content || ' ' WHERE entry_id = $1`],
    ['payload_changed', `UPDATE ledger_payload SET salt = sha256(salt) WHERE entry_id = $1`],
    // The digest is taken over salt and content together, and holds.
    [
      'payload_changed',
      `UPDATE ledger_payload SET content = substr(content, 2), salt = salt || convert_to(left(content, 1), 'UTF8')
       WHERE entry_id = $1`,
    ],
    ['payload_missing', `DELETE FROM ledger_payload WHERE entry_id = $1`],
    ['unexpected', `INSERT INTO ledger_payload VALUES ($1, 'more', 'x', 'x')`],
  ])('names the entry with a %s', async (kind, sql) => {
    const id = await idAt(crashed, 8);
    await run(sql, id);
    expect((await verify()).firstProblem).toMatchObject({ kind, chain: crashed, seq: 8, id });
  });

  it('finds a payload whose entry is gone', async () => {
    await run(`INSERT INTO ledger_payload VALUES (gen_random_uuid(), 'arguments', 'x', 'x')`);
    expect(kinds(await verify())).toEqual(['unexpected']);
  });

  it('names the earliest of several problems, whatever its chain', async () => {
    await run(`UPDATE ledger_entry SET actor_id = 'x' WHERE chain = $1 AND seq = 2`, closer);
    await run(
      `UPDATE ledger_entry SET actor_id = 'x' WHERE chain = $1 AND seq IN (20, 5)`,
      crashed,
    );
    const report = await verify();
    expect(report.firstProblem).toMatchObject({ chain: crashed, seq: 5 });
    expect(report.problemCount).toBe(3);
  });

  it('finds any single tampering with a closed chain', async () => {
    const columns = [
      'id',
      'prev',
      'hash',
      'type',
      'at',
      'actor_id',
      'subject_id',
      'call_id',
      'data',
    ] as const;
    const values: Record<(typeof columns)[number], string> = {
      id: 'gen_random_uuid()',
      prev: `sha256(prev)`,
      hash: `sha256(hash)`,
      type: `type || 'x'`,
      at: `at - interval '1 day'`,
      actor_id: `reverse(actor_id) || 'x'`,
      subject_id: `coalesce(subject_id, '') || 'x'`,
      call_id: 'gen_random_uuid()',
      data: `data || '{"x": 0}'`,
    };
    const seq = fc.integer({ min: 1, max: 25 });
    const where = 'WHERE chain = $1 AND seq = $2';
    const tampering = fc.oneof(
      fc.record({ seq, column: fc.constantFrom(...columns), rehash: fc.boolean() }),
      fc.record({ seq, remove: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ seq, swapWith: seq }).filter((it) => it.seq !== it.swapWith),
    );
    await fc.assert(
      fc
        .asyncProperty(tampering, async (how) => {
          if ('column' in how) {
            await run(
              `UPDATE ledger_entry SET ${how.column} = ${values[how.column]} ${where}`,
              crashed,
              how.seq,
            );
            if (how.rehash && how.column !== 'hash') await rehash(crashed, how.seq);
          } else if ('remove' in how) {
            const last = how.seq + how.remove - 1;
            await run(
              'DELETE FROM ledger_entry WHERE chain = $1 AND seq BETWEEN $2 AND $3',
              crashed,
              how.seq,
              last,
            );
          } else {
            await run(`UPDATE ledger_entry SET seq = -1 ${where}`, crashed, how.seq);
            await run(
              'UPDATE ledger_entry SET seq = $3 WHERE chain = $1 AND seq = $2',
              crashed,
              how.swapWith,
              how.seq,
            );
            await run(
              'UPDATE ledger_entry SET seq = $2 WHERE chain = $1 AND seq = -1',
              crashed,
              how.swapWith,
            );
          }
          const { ok, firstProblem } = await verify();
          expect(ok).toBe(false);
          expect(firstProblem?.chain).toBe(crashed);
        })
        .afterEach(restore),
      { numRuns: 60 },
    );
  });
});
