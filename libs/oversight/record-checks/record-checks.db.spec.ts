import { commandNames, CommandRuntime } from '#libs/engine/commands';
import { CommandWriter } from '#libs/engine/ledger';
import { findUnverifiedRecords, RecordSigner } from '#libs/engine/record-signatures';
import { Database, readEpoch } from '#libs/platform/db';
import { newId, systemActor, systemClock } from '#libs/platform/kernel';
import {
  createTestDatabase,
  createTestOrganisation,
  TEST_MASTER_KEY,
  type TestDatabase,
} from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AcceptRecords, RecordChecks, recordCheckCommands } from './index.js';
import { ReportUnverifiedRecords } from './report-unverified-records.js';

const signer = new RecordSigner(TEST_MASTER_KEY);

let database: TestDatabase;
let db: Database;
let writer: CommandWriter;
let organisation: ReturnType<typeof createTestOrganisation>;
let checks: RecordChecks;

const runtimeOf = (by: RecordSigner) => new CommandRuntime(db, writer, systemClock, [], by);
const accept = (by: RecordSigner, ...recordIds: string[]) =>
  new AcceptRecords(runtimeOf(by)).execute(systemActor('cli'), { recordIds });
const alertsOf = (subjectId: string) =>
  db.alert.findMany({ where: { kind: 'record_not_verified', subjectId } });

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  const link = { url: database.appUrl, writer: 'worker' as const, boot: newId() };
  writer = new CommandWriter(link, [...commandNames([...recordCheckCommands, AcceptRecords])]);
  organisation = createTestOrganisation(db);
  checks = new RecordChecks(runtimeOf(signer), new ReportUnverifiedRecords(runtimeOf(signer)));
});

afterAll(async () => {
  await writer.stop();
  await db.$disconnect();
  await database.drop();
});

describe('a record that no command wrote', () => {
  it('raises one alert, and a round that finds nothing new leaves no entry', async () => {
    const id = await organisation.addAgent();
    await checks.run();
    expect(await alertsOf(id)).toHaveLength(1);
    const entries = () => db.ledgerEntry.count({ where: { type: 'report-unverified-records' } });
    const before = await entries();
    await checks.run();
    expect(await alertsOf(id)).toHaveLength(1);
    expect(await entries()).toBe(before);
  });

  it('is accepted by name only, with an entry and a new epoch, and then verifies', async () => {
    const [one, other] = [await organisation.addAgent(), await organisation.addAgent()];
    const epoch = await readEpoch(db);
    expect(await accept(signer, one)).toEqual({ signed: [{ kind: 'agent', id: one }] });
    expect(await readEpoch(db)).toBe(epoch + 1n);
    const ids = new Set((await findUnverifiedRecords(db, signer)).map(({ id }) => id));
    expect([ids.has(one), ids.has(other)]).toEqual([false, true]);
    const entry = await db.ledgerEntry.findFirst({
      where: { type: 'accept-records' },
      orderBy: { id: 'desc' },
    });
    expect(entry?.data).toMatchObject({ outcome: 'succeeded', facts: { recordIds: [one] } });
  });
});

describe('another master key', () => {
  const next = new RecordSigner('n'.repeat(32), [signer.publicKey]);
  const nextAlone = new RecordSigner('n'.repeat(32));

  it('signs what the old one signed, and nothing that did not verify', async () => {
    const [signed, unsigned] = [await organisation.addAgent(), await organisation.addAgent()];
    await accept(signer, signed);
    const unverifiedBy = async (by: RecordSigner) =>
      (await findUnverifiedRecords(db, by)).map(({ id }) => id);
    expect(await unverifiedBy(next)).not.toContain(signed);
    expect(await unverifiedBy(nextAlone)).toContain(signed);
    await accept(next);
    expect(await unverifiedBy(nextAlone)).not.toContain(signed);
    expect(await unverifiedBy(nextAlone)).toContain(unsigned);
  });
});
