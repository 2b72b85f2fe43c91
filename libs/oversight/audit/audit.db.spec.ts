import pg from 'pg';
import { RecordSigner } from '#libs/engine/record-signatures';
import { CommandRuntime } from '#libs/engine/commands';
import { loadConfig } from '#libs/platform/config';
import { Database } from '#libs/platform/db';
import { newId, systemClock, type Actor, type Role } from '#libs/platform/kernel';
import { CallWriter, CommandWriter } from '#libs/engine/ledger';
import {
  createTestDatabase,
  createTestOrganisation,
  TEST_MASTER_KEY,
  type TestDatabase,
} from '#libs/dev/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditQueries } from './audit.queries.js';
import { listLedgerEntriesQuerySchema } from './audit.schemas.js';
import { LedgerVerifier } from './audit.verifier.js';
import { RecordVerification } from './commands/record-verification.js';

let database: TestDatabase;
let db: Database;
let writer: CommandWriter;
let calls: CallWriter;
let queries: AuditQueries;
let verifier: LedgerVerifier;
let auditor: Actor;
const agentId = newId();

const actorWith = (...roles: Role[]): Promise<Actor> =>
  createTestOrganisation(db).addPerson(roles, { name: `${roles.join()} of the tests` });

const asSuperuser = async (sql: string, values: unknown[]): Promise<void> => {
  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  await client.query('SET session_replication_role = replica');
  await client.query(sql, values);
  await client.end();
};

const list = (query: object) => queries.list(listLedgerEntriesQuerySchema.parse(query));

beforeAll(async () => {
  database = await createTestDatabase();
  const { appUrl: url } = database;
  db = new Database(url);
  const link = { url, writer: 'api', boot: newId() } as const;
  writer = new CommandWriter(link, ['verify-ledger']);
  calls = new CallWriter(link);
  queries = new AuditQueries(db);
  const runtime = new CommandRuntime(
    db,
    writer,
    systemClock,
    [],
    new RecordSigner(TEST_MASTER_KEY),
  );
  const config = loadConfig({ DATABASE_URL: url, PUBLIC_URL: 'http://localhost:4000' });
  verifier = new LedgerVerifier(new RecordVerification(runtime), config);
  auditor = await actorWith('grc');
  await calls.append({
    type: 'call.invalid',
    actor: { kind: 'agent', id: agentId },
    data: { code: 'not_found', protocol: 'rest', server: null, tool: null, bindingId: newId() },
    payloads: { explanation: { reason: 'This tool was not found.' } },
  });
});
afterAll(async () => {
  await calls.stop();
  await writer.stop();
  await db.$disconnect();
  await database.drop();
});

describe('a verification', () => {
  it('says what it found and what it cannot prove, and is in the ledger itself', async () => {
    const found = await verifier.verify(auditor);
    expect(found).toMatchObject({ ok: true, firstProblem: null, problemCount: 0 });
    expect(found.entries).toBeGreaterThan(0);
    expect(found.cannotProve.length).toBeGreaterThan(0);
    const { items } = await list({ type: 'verify-ledger' });
    expect(items[0]).toMatchObject({
      actor: { kind: 'person', id: auditor.id, name: auditor.name },
      data: { outcome: 'succeeded', facts: { ok: true, entries: found.entries } },
    });
  });

  it('is rejected without the right, before the database is made to work', async () => {
    const office = await actorWith('office');
    await expect(verifier.verify(office)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('runs one at a time', async () => {
    const first = verifier.verify(auditor);
    await expect(verifier.verify(auditor)).rejects.toMatchObject({ code: 'conflict' });
    await first;
    await expect(verifier.verify(auditor)).resolves.toMatchObject({ ok: true });
  });

  it('names the entry that a superuser changed', async () => {
    const { items } = await list({ type: 'call.invalid' });
    const [entry] = items;
    await asSuperuser(`UPDATE ledger_entry SET actor_id = 'somebody' WHERE id = $1`, [entry?.id]);
    try {
      const found = await verifier.verify(auditor);
      expect(found).toMatchObject({
        ok: false,
        firstProblem: { kind: 'changed', entryId: entry?.id, chain: entry?.chain, seq: entry?.seq },
      });
      expect((await queries.get(entry?.id ?? '')).hashValid).toBe(false);
    } finally {
      await asSuperuser('UPDATE ledger_entry SET actor_id = $2 WHERE id = $1', [
        entry?.id,
        agentId,
      ]);
    }
    expect((await queries.get(entry?.id ?? '')).hashValid).toBe(true);
  });
});

describe('the list of entries', () => {
  it('gives the newest first, page by page', async () => {
    const first = await list({ perPage: 2 });
    const second = await list({ perPage: 2, page: 2 });
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted().toReversed());
    expect(new Set(ids).size).toBe(4);
    expect(first.total).toBeGreaterThanOrEqual(4);
  });

  it('filters by who, what and when', async () => {
    expect((await list({ actorId: agentId })).total).toBe(1);
    expect((await list({ type: 'call.invalid', actorId: auditor.id })).total).toBe(0);
    const now = new Date().toISOString();
    expect((await list({ from: now })).total).toBe(0);
    expect((await list({ to: now })).total).toBeGreaterThan(0);
  });
});

describe('one entry', () => {
  it('shows names and reasons and keeps arguments and results back', async () => {
    const callId = newId();
    await calls.append({
      type: 'call.outcome',
      callId,
      actor: { kind: 'agent', id: agentId },
      data: { outcome: 'succeeded', durationMs: 1 },
      payloads: { result: { secret: 'c4n4ry' } },
    });
    const { items } = await list({ callId });
    const detail = await queries.get(items[0]?.id ?? '');
    expect(detail.payloads).toEqual([
      { name: 'result', digestValid: true, redacted: true, content: null },
    ]);
    expect(JSON.stringify(detail)).not.toContain('c4n4ry');
    const [rejected] = (await list({ type: 'call.invalid' })).items;
    expect((await queries.get(rejected?.id ?? '')).payloads).toMatchObject([
      { name: 'explanation', digestValid: true, content: { reason: 'This tool was not found.' } },
    ]);
  });

  it('shows when a payload was changed, and when it is gone', async () => {
    const [entry] = (await list({ type: 'verify-ledger' })).items;
    const id = entry?.id ?? '';
    const namesOf = async () =>
      (await queries.get(id)).payloads.find(({ name }) => name === 'names');
    const content = '{"actor":"another"}';
    await asSuperuser('UPDATE ledger_payload SET content = $2 WHERE entry_id = $1', [id, content]);
    expect(await namesOf()).toMatchObject({ digestValid: false });
    await asSuperuser('DELETE FROM ledger_payload WHERE entry_id = $1', [id]);
    expect(await namesOf()).toEqual({
      name: 'names',
      digestValid: false,
      redacted: false,
      content: null,
    });
  });

  it('that does not exist is not found', async () => {
    await expect(queries.get(newId())).rejects.toMatchObject({ code: 'not_found' });
  });
});
