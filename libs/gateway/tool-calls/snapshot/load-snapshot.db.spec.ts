import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SignatureBook, VerificationKeys } from '#libs/engine/record-signatures';
import { bumpEpoch, Database, transaction } from '#libs/platform/db';
import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { ArgumentBinders } from './argument-binders.js';
import { loadSnapshot } from './load-snapshot.js';

let database: TestDatabase;
let db: Database;
let superuser: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  superuser = new pg.Client({ connectionString: database.superuserUrl });
  await superuser.connect();
  await superuser.query(`
    INSERT INTO person (id, email, name, created_at, disabled_at, tokens_revoked_before)
      SELECT gen_random_uuid(), n || '@example.test', 'P' || n, now(),
        CASE WHEN n = 2 THEN now() END, CASE WHEN n = 3 THEN '2026-01-02T03:04:05.678Z'::timestamptz END
      FROM generate_series(1, 10000) n;
    INSERT INTO person_identity (issuer, subject, person_id, linked_at, linked_by)
      SELECT 'https://idp.example', name, id, now(), 'added' FROM person;
    INSERT INTO people_group (id, display_name, display_name_folded, created_at, updated_at)
      SELECT gen_random_uuid(), 'G' || n, 'g' || n, now(), now() FROM generate_series(1, 2000) n;
    INSERT INTO group_member (group_id, person_id, added_at)
      SELECT g.id, p.id, now() FROM people_group g
      JOIN person p ON (substr(p.name, 2)::int % 200) = (substr(g.display_name, 2)::int % 200);`);
}, 60_000);

afterAll(async () => {
  await db.$disconnect();
  await superuser.end();
  await database.drop();
});

// After which a replica gives a refresh up.
const REFRESH_TIMEOUT_MS = 4_000;

const settings = {
  binders: new ArgumentBinders(),
  own: { url: 'https://gatehouse.example', audiences: ['https://gatehouse.example'] },
  book: new SignatureBook(new VerificationKeys([])),
};
const load = (previous?: Awaited<ReturnType<typeof loadSnapshot>>) =>
  loadSnapshot(db, settings, previous);
const bump = (section?: 'people' | 'registry') =>
  transaction(db, async (tx) => {
    await bumpEpoch(tx, section);
  });

describe('a snapshot', () => {
  it('knows 10,000 people with their groups, and is there before anybody gives up waiting', async () => {
    const before = process.cpuUsage();
    const { snapshot } = await load();
    // CPU, not time: what other work the machine does says nothing of this.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(REFRESH_TIMEOUT_MS);
    expect(snapshot.people.size).toBe(10_000);
    const person = (subject: string) => snapshot.personOf('https://idp.example', subject);
    const names = Array.from({ length: 10 }, (_, index) => `G${1 + index * 200}`);
    const groups = await db.group.findMany({
      where: { displayName: { in: names } },
      select: { id: true },
    });
    expect(person('P1')?.groupIds.toSorted()).toEqual(groups.map(({ id }) => id).toSorted());
    expect(person('P1')).toMatchObject({ isActive: true, tokensRevokedBefore: null });
    expect(person('P2')?.isActive).toBe(false);
    expect(person('P3')?.tokensRevokedBefore?.toISOString()).toBe('2026-01-02T03:04:05.678Z');
    expect(person('p1')).toBeUndefined();
    expect(snapshot.personOf('https://idp.example/', 'P1')).toBeUndefined();
  });

  it('takes over the section that did not change, and only that', async () => {
    const first = await load();
    await bump('people');
    const second = await load(first);
    expect(second.snapshot.epoch).toBe(first.snapshot.epoch + 1n);
    expect(second.registry).toBe(first.registry);
    expect(second.people).not.toBe(first.people);
    await bump('registry');
    const third = await load(second);
    expect(third.registry).not.toBe(second.registry);
    expect(third.people).toBe(second.people);
    await bump();
    const fourth = await load(third);
    expect(fourth.registry).not.toBe(third.registry);
    expect(fourth.people).not.toBe(third.people);
  });

  it('takes nothing over when the epoch moved without saying what changed', async () => {
    const first = await load();
    await superuser.query('UPDATE epoch SET value = value + 1');
    const second = await load(first);
    expect(second.registry).not.toBe(first.registry);
    expect(second.people).not.toBe(first.people);
  });
});
