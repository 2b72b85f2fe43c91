import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { CallWriter } from './call-writer.js';
import { Chain } from './chain.js';
import { CrashedChains } from './crashed-chains.js';
import { newIntent, newLink, newOutcome } from './ledger.fixture.js';
import { verifyLedger } from './verify/verify-ledger.js';

let database: TestDatabase;
let superuser: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await database.drop();
});

const outcomesOf = async (callId: string) => {
  const { rows } = await superuser.query<{ outcome: string }>(
    `SELECT data->>'outcome' AS outcome FROM ledger_entry WHERE call_id = $1 AND type = 'call.outcome'`,
    [callId],
  );
  return rows.map((row) => row.outcome);
};
const newCloser = () => new CrashedChains(newLink(database.appUrl, { writer: 'worker' }));
// A process that is gone: its connection ends without a close.
const crash = async (...entries: Parameters<Chain['prepare']>[0][]) => {
  const chain = await Chain.open(newLink(database.appUrl), 'calls');
  await chain.append(entries.map((entry) => chain.prepare(entry)));
  await chain.connection.end();
  return chain.id;
};

describe('the chains of a process that died', () => {
  it('are closed, and its calls without an outcome end as unknown', async () => {
    const [lost, done, denied] = [newIntent(), newIntent(), newIntent()];
    denied.data.decision = 'deny';
    const chain = await crash(lost, done, denied, newOutcome(done));
    const closer = newCloser();
    expect(await closer.close()).toEqual({ chains: 1, unknownOutcomes: 1 });
    expect(await closer.close()).toEqual({ chains: 0, unknownOutcomes: 0 });
    expect(await outcomesOf(lost.callId)).toEqual(['unknown']);
    expect(await outcomesOf(done.callId)).toEqual(['succeeded']);
    expect(await outcomesOf(denied.callId)).toEqual([]);
    const { rows } = await superuser.query(
      `SELECT data->'lastSeq' AS last, data->>'reason' AS reason FROM ledger_entry
       WHERE type = 'chain.closed' AND subject_id = $1`,
      [chain],
    );
    expect(rows).toEqual([{ last: 5, reason: 'crashed' }]);
    await closer.stop();
  });

  it('are closed once when several processes look at the same time', async () => {
    const lost = Array.from({ length: 5 }, () => newIntent());
    for (const intent of lost) await crash(intent);
    const closers = Array.from({ length: 4 }, newCloser);
    const closed = await Promise.all(closers.map((closer) => closer.close()));
    expect(closed.reduce((sum, { chains }) => sum + chains, 0)).toBe(5);
    for (const intent of lost) expect(await outcomesOf(intent.callId)).toEqual(['unknown']);
    await Promise.all(closers.map((closer) => closer.stop()));
    expect(await verifyLedger(database.superuserUrl)).toMatchObject({ ok: true });
  });

  it('are left alone while it lives, and for a grace after it was last seen', async () => {
    const writer = new CallWriter(newLink(database.appUrl));
    await writer.start();
    const closer = newCloser();
    expect(await closer.close()).toEqual({ chains: 0, unknownOutcomes: 0 });
    await crash(newIntent());
    expect(await closer.close({ graceMs: 60_000 })).toEqual({ chains: 0, unknownOutcomes: 0 });
    expect(await closer.close()).toEqual({ chains: 1, unknownOutcomes: 1 });
    await writer.stop();
    await closer.stop();
  });

  it('take no entry after their close', async () => {
    const chain = await Chain.open(newLink(database.appUrl), 'calls');
    const batch = chain.linkEntries([chain.prepare(newIntent())]);
    const other = await Chain.open(newLink(database.appUrl), 'calls');
    await other.append([other.closing(chain.id, chain.head, 'crashed')]);
    await expect(chain.append(batch.entries)).rejects.toMatchObject({ code: 'unavailable' });
    expect(chain.isDead).toBe(true);
    await other.close('stopped');
  });
});
