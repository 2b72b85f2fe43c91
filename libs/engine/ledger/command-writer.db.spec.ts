import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database, type Tx } from '#libs/platform/db';
import { newId } from '#libs/platform/kernel';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { Chain } from './chain.js';
import { CommandWriter } from './command-writer.js';
import { CrashedChains } from './crashed-chains.js';
import { newCommandEntry, newLink } from './ledger.fixture.js';
import { verifyLedger } from './verify/verify-ledger.js';

let database: TestDatabase;
let db: Database;
let superuser: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await db.$disconnect();
  await database.drop();
});

const newWriter = () =>
  new CommandWriter(newLink(database.appUrl, { writer: 'api' }), ['agent.register']);
const addTeam = async (tx: Tx, name: string) => {
  await tx.team.create({ data: { id: newId(), name } });
  return { result: name, entry: newCommandEntry() };
};
const teamExists = async (name: string) => (await db.team.count({ where: { name } })) === 1;
const hashOf = async (id: string) => {
  const { rows } = await superuser.query<{ hash: string }>(
    `SELECT encode(hash, 'hex') AS hash FROM ledger_entry WHERE id = $1`,
    [id],
  );
  return rows[0]?.hash ?? '';
};
const killChain = (chain: string) =>
  superuser.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks
     WHERE locktype = 'advisory' AND ((classid::bigint << 32) | objid::bigint) = ledger_life_lock($1::uuid)`,
    [chain],
  );

describe('the command writer', () => {
  it('commits a change and its entry together, many at once in one contiguous chain', async () => {
    const writer = newWriter();
    const done = await Promise.all(
      Array.from({ length: 30 }, (_, i) => writer.commit(db, (tx) => addTeam(tx, `together ${i}`))),
    );
    expect(done.map(({ position }) => position.seq).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 30 }, (_, i) => i + 2),
    );
    expect(await teamExists('together 29')).toBe(true);
    await writer.stop();
  });

  it('rolls both back when the work throws, and leaves no gap', async () => {
    const writer = newWriter();
    const failed = writer.commit(db, async (tx) => {
      await addTeam(tx, 'rolled back');
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    const { position } = await writer.commit(db, (tx) => addTeam(tx, 'after it'));
    expect(position.seq).toBe(2);
    expect(await teamExists('rolled back')).toBe(false);
    await writer.stop();
  });

  it('rolls the change back when its entry is not in the catalogue', async () => {
    const writer = newWriter();
    const commit = writer.commit(db, async (tx) => {
      const { result, entry } = await addTeam(tx, 'without entry');
      return { result, entry: { ...entry, type: 'agent.invented' as 'agent.register' } };
    });
    await expect(commit).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await teamExists('without entry')).toBe(false);
    await writer.stop();
  });

  it('changes nothing when the ledger cannot be written', async () => {
    const writer = newWriter();
    await writer.start();
    await superuser.query('REVOKE INSERT ON ledger_entry FROM gatehouse_app');
    try {
      const commit = writer.commit(db, (tx) => addTeam(tx, 'not written'));
      await expect(commit).rejects.toMatchObject({ code: 'unavailable' });
    } finally {
      await superuser.query('GRANT INSERT ON ledger_entry TO gatehouse_app');
    }
    expect(await teamExists('not written')).toBe(false);
    await writer.stop();
  });

  it('gives the chain up when nobody can know whether the commit took place', async () => {
    const writer = newWriter();
    const { position } = await writer.commit(db, (tx) => addTeam(tx, 'known'));
    // A deferred trigger ends the connection in the middle of COMMIT.
    await superuser.query(`
      CREATE FUNCTION end_connection() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER end_connection AFTER INSERT ON team DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (NEW.name = 'doubtful') EXECUTE FUNCTION end_connection()`);
    const commit = writer.commit(db, (tx) => addTeam(tx, 'doubtful'));
    await expect(commit).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('Look whether it took place') as string,
    });
    // The pool may hand out the connection that was ended once more.
    const commitNext = () => writer.commit(db, (tx) => addTeam(tx, 'next'));
    const next = await commitNext().catch(commitNext);
    expect(next.position.chain).not.toBe(position.chain);
    const { rows } = await superuser.query(
      `SELECT data->>'reason' AS reason, data->'lastSeq' AS last FROM ledger_entry
       WHERE type = 'chain.closed' AND subject_id = $1`,
      [position.chain],
    );
    expect(rows).toEqual([{ reason: 'commit_unknown', last: 2 }]);
    expect(await verifyLedger(database.superuserUrl)).toMatchObject({ ok: true });
    await writer.stop();
  });

  it('is rejected by the database when its chain was closed unnoticed', async () => {
    const writer = newWriter();
    const { position } = await writer.commit(db, (tx) => addTeam(tx, 'before the close'));
    const other = await Chain.open(newLink(database.appUrl), 'closing');
    const commit = writer.commit(db, async (tx) => {
      const work = await addTeam(tx, 'after the close');
      const head = { seq: position.seq, hash: await hashOf(position.id) };
      await other.append([other.closing(position.chain, head, 'crashed')]);
      return work;
    });
    await expect(commit).rejects.toMatchObject({ code: 'unavailable' });
    expect(await teamExists('after the close')).toBe(false);
    const next = await writer.commit(db, (tx) => addTeam(tx, 'in a new chain'));
    expect(next.position.chain).not.toBe(position.chain);
    expect(await verifyLedger(database.superuserUrl)).toMatchObject({ ok: true });
    await other.close('stopped');
    await writer.stop();
  });

  it('writes nothing to a chain that others closed while the process was paused', async () => {
    const writer = newWriter();
    const { position } = await writer.commit(db, (tx) => addTeam(tx, 'before the pause'));
    const closer = new CrashedChains(newLink(database.appUrl, { writer: 'worker' }));
    let closed = 0;
    // While the command is at work its chain loses its lock and is closed: it must not get in after that.
    const commit = writer.commit(db, async (tx) => {
      const work = await addTeam(tx, 'woken up');
      await killChain(position.chain);
      closed = (await closer.close()).chains;
      return work;
    });
    const { position: after } = await commit;
    expect(closed).toBe(1);
    expect(after.chain).not.toBe(position.chain);
    expect(await verifyLedger(database.superuserUrl)).toMatchObject({ ok: true });
    await closer.stop();
    await writer.stop();
  });
});
