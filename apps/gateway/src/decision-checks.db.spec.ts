import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_MASTER_KEY } from '#libs/dev/testing';
import { RecordSigner } from '#libs/engine/record-signatures';
import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { CommandWriter } from '#libs/engine/ledger';
import { newId } from '#libs/platform/kernel';
import { metrics } from '#libs/platform/telemetry';
import {
  decisionCheckCommands,
  DecisionChecks,
  type RoundBudget,
} from '#libs/oversight/decision-checks';
import {
  search,
  startIdentitySuite,
  type IdentitySuite,
} from './fixtures/identity-suite.fixture.js';

let suite: IdentitySuite;
let writer: CommandWriter;
let now: Date;

const checksOf = (decisionSamplePercent: number): DecisionChecks => {
  const { db } = suite.people;
  const runtime = new CommandRuntime(
    db,
    writer,
    { now: () => now },
    [],
    new RecordSigner(TEST_MASTER_KEY),
  );
  const [Record] = decisionCheckCommands;
  return new DecisionChecks(db, runtime, new Record(runtime), { decisionSamplePercent });
};
/** What one round found; null: it left no entry. */
const round = async (percent = 100, budget?: RoundBudget) => {
  const count = async () =>
    suite.superuser.query<{ id: string; facts: Record<string, unknown> }>(
      `SELECT id, data->'facts' AS facts FROM ledger_entry
       WHERE type = 'record-decision-check' AND data->>'outcome' = 'succeeded' ORDER BY id`,
    );
  const before = await count();
  await checksOf(percent).run(budget);
  const after = await count();
  expect(after.rows.length - before.rows.length).toBeLessThan(2);
  if (after.rows.length === before.rows.length) return null;
  const { match, mismatch, notComparable, deferred } = after.rows.at(-1)?.facts ?? {};
  return { match, mismatch, notComparable, ...(deferred === 0 ? {} : { deferred }) };
};
const counted = async () => {
  const found = await metrics.getSingleMetric('gatehouse_decisions_reevaluated_total')?.get();
  return Object.fromEntries(
    found?.values.map(({ labels, value }) => [String(labels['outcome']), value]) ?? [],
  );
};
const alerts = () =>
  suite.people.db.alert.findMany({
    where: { kind: 'decision_mismatch' },
    select: { subjectKind: true, subjectId: true },
  });
const refund = (args: object) => ({ server: 'helpdesk', tool: 'refund', arguments: args });
const callAsCoder = async (body: object) => {
  const answer = await suite.call(await suite.gateway.token('coder'), body);
  return answer.body.id ?? answer.body.callId ?? '';
};
const refunds = async (count: number): Promise<string[]> => {
  const ids = [];
  for (let made = 0; made < count; made += 1)
    ids.push(await callAsCoder(refund({ ticket: 't', amount: 101 })));
  return ids;
};
const acknowledgeAll = () =>
  suite.superuser.query(
    `UPDATE alert SET acknowledged_at = now(), acknowledged_note = 'looked' WHERE acknowledged_at IS NULL`,
  );
const openAlerts = () =>
  suite.people.db.alert.findMany({
    where: { kind: 'decision_mismatch', acknowledgedAt: null },
    select: { subjectId: true, message: true },
    orderBy: { id: 'asc' },
  });
const plant = (callId: string, key: string, effect: string) =>
  suite.superuser.query(
    `UPDATE ledger_entry SET data = jsonb_set(data::jsonb, ARRAY[$2], to_jsonb($3::text))
     WHERE call_id = $1 AND type = 'call.intent'`,
    [callId, key, effect],
  );

beforeAll(async () => {
  suite = await startIdentitySuite();
  writer = new CommandWriter({ url: suite.appUrl, writer: 'worker', boot: newId() }, [
    ...commandNames(decisionCheckCommands),
  ]);
  now = new Date(Date.now() + 60_000);
});

afterAll(async () => {
  await writer.stop();
  await suite.stop();
});

describe('evaluating recorded decisions again', () => {
  it('leaves no entry where there is nothing to evaluate', async () => {
    expect(await round()).toBeNull();
  });

  it('finds no difference in an honest ledger, each call once', async () => {
    for (const body of [
      search,
      refund({ ticket: 't', amount: 5 }),
      refund({ ticket: 't', amount: 101 }),
      refund({ ticket: 't' }),
      { server: 'helpdesk', tool: 'note', arguments: {} },
      { server: 'helpdesk', tool: 'delete_ticket', arguments: { ticket: 't' } },
    ])
      await callAsCoder(body);
    await suite.call(await suite.gateway.token('outsider'));
    for (const person of ['ann', 'bob']) {
      await suite.call(await suite.actingFor(person));
      await suite.call(await suite.actingFor(person), refund({ ticket: 't', amount: 5 }));
    }
    expect(await round(0)).toBeNull();
    expect(await round()).toEqual({ match: 11, mismatch: 0, notComparable: 0 });
    expect(await round()).toBeNull();
    expect(await alerts()).toEqual([]);
  });

  it('draws no denial by a kill switch, which no policy decided', async () => {
    const killSwitch = {
      id: newId(),
      scope: 'everything' as const,
      reason: 'fire',
      activatedById: suite.people.id('ann'),
      activatedAt: new Date(),
    };
    await suite.people.change((tx) => tx.killSwitch.create({ data: killSwitch }), 'registry');
    await callAsCoder(search);
    await suite.people.change(
      (tx) =>
        tx.killSwitch.update({ where: { id: killSwitch.id }, data: { releasedAt: new Date() } }),
      'registry',
    );
    expect(await round()).toBeNull();
    expect(await alerts()).toEqual([]);
  });

  it('raises one alert and counts once for a difference, and never again', async () => {
    await callAsCoder(search);
    const planted = await callAsCoder(refund({ ticket: 't', amount: 101 }));
    await plant(planted, 'decision', 'allow');
    const before = await counted();
    const rounds = await Promise.allSettled([checksOf(100).run(), checksOf(100).run()]);
    expect(rounds.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await round()).toBeNull();
    expect(await alerts()).toEqual([{ subjectKind: 'call', subjectId: planted }]);
    const after = await counted();
    expect((after['mismatch'] ?? 0) - (before['mismatch'] ?? 0)).toBe(1);
    expect((after['match'] ?? 0) - (before['match'] ?? 0)).toBe(1);
  });

  it('sees one side of a call on behalf of a person that is not what its rules say', async () => {
    const answer = await suite.call(await suite.actingFor('bob'));
    await plant(answer.body.callId ?? '', 'personDecision', 'allow');
    expect(await round()).toEqual({ match: 0, mismatch: 1, notComparable: 0 });
  });

  it('raises one alert for a rule, with how many and the first calls, and no second while it is open', async () => {
    await acknowledgeAll();
    const before = await counted();
    const planted = await refunds(5);
    for (const id of planted) await plant(id, 'decision', 'allow');
    expect(await round()).toEqual({ match: 0, mismatch: 5, notComparable: 0 });
    const [alert, ...others] = await openAlerts();
    expect(others).toEqual([]);
    expect(alert?.subjectId).toBe(planted[0]);
    expect(alert?.message).toMatch(/^5 decisions recorded under the rule “.+” of version 1 of/);
    expect(planted.map((id) => alert?.message.includes(id))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    const [more = ''] = await refunds(1);
    await plant(more, 'decision', 'allow');
    expect(await round()).toEqual({ match: 0, mismatch: 1, notComparable: 0 });
    expect(await openAlerts()).toHaveLength(1);
    await acknowledgeAll();
    const [again = ''] = await refunds(1);
    await plant(again, 'decision', 'allow');
    await round();
    expect(await openAlerts()).toMatchObject([{ subjectId: again }]);
    const after = await counted();
    expect((after['mismatch'] ?? 0) - (before['mismatch'] ?? 0)).toBe(7);
  });

  it('raises a few alerts a round however many rules differ, the last one about the others', async () => {
    await acknowledgeAll();
    for (const [place, id] of (await refunds(6)).entries()) {
      await plant(id, 'decision', 'allow');
      await plant(id, 'rule', `planted-${place}`);
    }
    expect(await round()).toEqual({ match: 0, mismatch: 6, notComparable: 0 });
    const messages = (await openAlerts()).map(({ message }) => message);
    expect(messages).toHaveLength(4);
    const others = messages.filter((text) =>
      text.startsWith('3 decisions recorded under 3 further rules'),
    );
    expect(others).toHaveLength(1);
  });

  it.each<[string, Partial<RoundBudget>, number[]]>([
    ['decisions', { maxDecisions: 2 }, [2, 2, 1]],
    // Each one's arguments are 27 bytes.
    ['bytes of arguments', { maxBytes: 60 }, [2, 2, 1]],
    ['bytes, one call above them all', { maxBytes: 1 }, [1, 1, 1, 1, 1]],
    ['time', { maxMs: 0 }, [1, 1, 1, 1, 1]],
  ])(
    'leaves what exceeds the budget of %s to the next round, and counts it',
    async (_, part, sizes) => {
      const planted = (await refunds(5)).at(-1) ?? '';
      await plant(planted, 'decision', 'allow');
      const budget = { maxDecisions: 1000, maxBytes: 1_000_000, maxMs: 60_000, ...part };
      const before = await counted();
      let left = 5;
      let deferred = 0;
      for (const size of sizes) {
        left -= size;
        deferred += left;
        const mismatch = left === 0 ? 1 : 0;
        expect(await round(100, budget)).toEqual({
          match: size - mismatch,
          mismatch,
          notComparable: 0,
          ...(left === 0 ? {} : { deferred: left }),
        });
      }
      expect(await round(100, budget)).toBeNull();
      const after = await counted();
      expect((after['deferred'] ?? 0) - (before['deferred'] ?? 0)).toBe(deferred);
    },
  );

  it('compares a call on behalf of a person though others changed, and not once that person did', async () => {
    const membership = { person: { connect: { id: suite.people.id('ann') } } };
    await callAsCoder(search);
    await suite.call(await suite.actingFor('ann'));
    const planted = await suite.call(await suite.actingFor('ann'));
    await plant(planted.body.id ?? '', 'personDecision', 'deny');
    await suite.people.change(async (tx) => {
      const { id: groupId } = await tx.group.findFirstOrThrow();
      const personId = suite.people.id('bob');
      await tx.groupMember.create({ data: { groupId, personId, addedAt: new Date() } });
    }, 'people');
    expect(await round()).toEqual({ match: 2, mismatch: 1, notComparable: 0 });
    await suite.call(await suite.actingFor('ann'));
    await suite.people.change(
      (tx) =>
        tx.group.create({
          data: {
            id: newId(),
            displayName: 'Later',
            displayNameFolded: 'later',
            createdAt: new Date(),
            updatedAt: new Date(),
            members: { create: { ...membership, addedAt: new Date() } },
          },
        }),
      'people',
    );
    expect(await round()).toEqual({ match: 0, mismatch: 0, notComparable: 1 });
  });

  it('compares nothing whose facts may have changed since, and says so', async () => {
    const before = await counted();
    const planted = await callAsCoder(refund({ ticket: 't', amount: 101 }));
    await plant(planted, 'decision', 'allow');
    await suite.people.change(() => Promise.resolve(), 'registry');
    expect(await round()).toEqual({ match: 0, mismatch: 0, notComparable: 1 });
    const erased = await callAsCoder(search);
    await suite.superuser.query(
      `DELETE FROM ledger_payload WHERE name = 'arguments'
       AND entry_id IN (SELECT id FROM ledger_entry WHERE call_id = $1)`,
      [erased],
    );
    expect(await round()).toEqual({ match: 0, mismatch: 0, notComparable: 1 });
    const after = await counted();
    expect((after['not_comparable'] ?? 0) - (before['not_comparable'] ?? 0)).toBe(2);
  });

  it('draws as many as the setting says', async () => {
    const time = (Date.now() + 1000).toString(16).padStart(12, '0');
    await suite.superuser.query(
      `INSERT INTO ledger_entry (chain, seq, id, format, prev, hash, type, at, actor_kind, actor_id,
         subject_kind, subject_id, call_id, data)
       SELECT $1, n, ($2 || '-7000-8000-0000' || lpad(to_hex((random() * 4294967295)::bigint), 8, '0'))::uuid,
         format, prev, hash, type, at, actor_kind, actor_id, subject_kind, subject_id, gen_random_uuid(), data
       FROM (SELECT * FROM ledger_entry WHERE type = 'call.intent' ORDER BY id DESC LIMIT 1) one,
         generate_series(1, 4000) n`,
      [newId(), `${time.slice(0, 8)}-${time.slice(8)}`],
    );
    const { notComparable } = (await round(10)) ?? {};
    expect(Number(notComparable)).toBeGreaterThan(300);
    expect(Number(notComparable)).toBeLessThan(500);
  });
});
