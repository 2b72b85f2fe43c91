import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { CallWriter } from './call-writer.js';
import { Chain } from './chain.js';
import { CrashedChains } from './crashed-chains.js';
import type { CallIntentInput } from './entry-inputs.js';
import { newIntent, newLink, newOutcome } from './ledger.fixture.js';
import { UnwrittenOutcomes } from './unwritten-outcomes.js';
import { verifyLedger } from './verify/verify-ledger.js';

let database: TestDatabase;
let superuser: pg.Client;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
});
afterEach(async () => {
  await makeWritable();
  for (const stop of stops.splice(0)) await stop().catch(() => undefined);
});
afterAll(async () => {
  await superuser.end();
  await database.drop();
});

/** From now on the ledger rejects the rows for which `condition` holds. */
const makeUnwritable = (condition = 'true') =>
  superuser.query(`
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$;
    CREATE TRIGGER full_disk BEFORE INSERT ON ledger_entry FOR EACH ROW
      WHEN (${condition}) EXECUTE FUNCTION full_disk();`);
const makeWritable = () => superuser.query('DROP FUNCTION IF EXISTS full_disk() CASCADE');

const startWriter = async () => {
  const writer = new CallWriter(newLink(database.appUrl));
  stops.push(() => writer.stop());
  await writer.start();
  return writer;
};
const allowed = async (writer: CallWriter): Promise<CallIntentInput> => {
  const intent = newIntent();
  const { rows } = await superuser.query<{ value: string }>('SELECT value FROM epoch');
  await writer.appendIntent(intent, BigInt(rows[0]?.value ?? 0));
  return intent;
};
const outcomesOf = async ({ callId }: { callId: string }): Promise<string[]> => {
  const { rows } = await superuser.query<{ outcome: string }>(
    `SELECT data->>'outcome' AS outcome FROM ledger_entry
     WHERE call_id = $1 AND type = 'call.outcome' ORDER BY id`,
    [callId],
  );
  return rows.map(({ outcome }) => outcome);
};
const soon = { timeout: 20_000, interval: 50 };

describe('an outcome whose write failed, in a process that goes on', () => {
  it('is recorded as it was, once, as soon as the ledger can be written again', async () => {
    const writer = await startWriter();
    const intent = await allowed(writer);
    await makeUnwritable();
    await expect(writer.append(newOutcome(intent))).rejects.toMatchObject({ code: 'unavailable' });
    // Some tries later it is still the writer's.
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(await outcomesOf(intent)).toEqual([]);
    await makeWritable();
    await expect.poll(() => outcomesOf(intent), soon).toEqual(['succeeded']);
    await writer.stop();
    expect(await outcomesOf(intent)).toEqual(['succeeded']);
    expect(await verifyLedger(database.superuserUrl)).toMatchObject({ ok: true });
  });

  it('is recorded after the connection was lost as well', async () => {
    const writer = await startWriter();
    const intent = await allowed(writer);
    await makeUnwritable();
    await superuser.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'gatehouse ledger calls'`,
    );
    await expect(writer.append(newOutcome(intent))).rejects.toMatchObject({ code: 'unavailable' });
    await makeWritable();
    await expect.poll(() => outcomesOf(intent), soon).toEqual(['succeeded']);
    await writer.stop();
    expect(await outcomesOf(intent)).toEqual(['succeeded']);
    expect(await verifyLedger(database.superuserUrl)).toMatchObject({ ok: true });
  });

  it('is recorded as unknown when it cannot be an entry', async () => {
    const writer = await startWriter();
    const intent = await allowed(writer);
    const outcome = newOutcome(intent);
    outcome.data.durationMs = -1;
    await expect(writer.append(outcome)).rejects.toMatchObject({ code: 'invalid_input' });
    await expect.poll(() => outcomesOf(intent), soon).toEqual(['unknown']);
  });

  it('keeps no other out: what the ledger will not take is unknown, the others are as they were', async () => {
    const writer = await startWriter();
    const intents = [await allowed(writer), await allowed(writer), await allowed(writer)];
    await makeUnwritable(`NEW.type = 'call.outcome'`);
    await Promise.allSettled(intents.map((intent) => writer.append(newOutcome(intent))));
    await makeWritable();
    const [first, second, third] = intents as [CallIntentInput, CallIntentInput, CallIntentInput];
    await makeUnwritable(`NEW.call_id = '${second.callId}' AND NEW.data->>'outcome' = 'succeeded'`);
    await expect.poll(() => outcomesOf(third), soon).toEqual(['succeeded']);
    expect(await outcomesOf(first)).toEqual(['succeeded']);
    expect(await outcomesOf(second)).toEqual(['unknown']);
  });

  it('is left to the closing of crashed chains when the process ends before the ledger is back', async () => {
    const writer = await startWriter();
    const intent = await allowed(writer);
    await makeUnwritable(`NEW.type = 'call.outcome'`);
    await expect(writer.append(newOutcome(intent))).rejects.toMatchObject({ code: 'unavailable' });
    await expect(writer.stop()).rejects.toMatchObject({ code: 'unavailable' });
    await makeWritable();
    const closer = new CrashedChains(newLink(database.appUrl, { writer: 'worker' }));
    stops.push(() => closer.stop());
    await expect
      .poll(async () => {
        await closer.close();
        return outcomesOf(intent);
      }, soon)
      .toEqual(['unknown']);
  });
});

describe('outcomes that are not written yet', () => {
  const lost = ({ callId, actor }: CallIntentInput) => ({ callId, actor, atMs: Date.now() });

  it('are not written again if the write that failed took place', async () => {
    const chain = await Chain.open(newLink(database.appUrl), 'calls');
    const unwritten = new UnwrittenOutcomes();
    const [first, second] = [newIntent(), newIntent()];
    const outcome = chain.prepare(newOutcome(first));
    await chain.append([outcome, chain.prepare(newOutcome(second))]);
    unwritten.add(lost(first), outcome);
    unwritten.add(lost(second), null);
    await unwritten.writeSome(chain, Date.now());
    expect(unwritten.size).toBe(0);
    expect(await outcomesOf(first)).toEqual(['succeeded']);
    expect(await outcomesOf(second)).toEqual(['succeeded']);
    await chain.close('stopped');
  });

  it('are kept within a bound of memory; the others become unknown', async () => {
    const chain = await Chain.open(newLink(database.appUrl), 'calls');
    const unwritten = new UnwrittenOutcomes();
    const intents = Array.from({ length: 20 }, () => newIntent());
    for (const intent of intents) {
      const large = { ...newOutcome(intent), payloads: { result: 'x'.repeat(1024 * 1024) } };
      unwritten.add(lost(intent), chain.prepare(large));
    }
    while (unwritten.size > 0) await unwritten.writeSome(chain, Date.now());
    const outcomes: string[][] = [];
    for (const intent of intents) outcomes.push(await outcomesOf(intent));
    expect(outcomes.filter(([outcome]) => outcome === 'succeeded')).toHaveLength(15);
    expect(outcomes.filter(([outcome]) => outcome === 'unknown')).toHaveLength(5);
    expect(outcomes.every((of) => of.length === 1)).toBe(true);
    await chain.close('stopped');
  });
});
