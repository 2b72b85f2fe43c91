import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockIsAwaited } from '#libs/dev/testing';
import { newId } from '#libs/platform/kernel';
import {
  startScimGate,
  type ScimGate,
  type ScimReply,
  type TestScimClient,
} from './scim.fixture.js';

let gate: ScimGate;
let client: TestScimClient;
let superuser: pg.Client;
beforeAll(async () => {
  gate = await startScimGate();
  client = await gate.connect();
  superuser = new pg.Client({ connectionString: gate.database.superuserUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await gate.close();
});

const addUser = async (): Promise<string> =>
  (await client.send('POST', '/Users', { userName: newId() })).body.id;
const addGroup = async (): Promise<string> =>
  (await client.send('POST', '/Groups', { displayName: newId() })).body.id;

const titled = () => ({ Operations: [{ op: 'replace', path: 'title', value: newId() }] });
const patchUser = (id: string) => ({ method: 'PATCH', path: `/Users/${id}`, data: titled() });
const addMembers = (group: string, ...users: string[]) => {
  const value = users.map((id) => ({ value: id }));
  const data = { Operations: [{ op: 'add', path: 'members', value }] };
  return { method: 'PATCH', path: `/Groups/${group}`, data };
};
const removeMembers = (group: string) => ({
  method: 'PATCH',
  path: `/Groups/${group}`,
  data: { Operations: [{ op: 'remove', path: 'members' }] },
});
const bulk = (...Operations: object[]) => client.send('POST', '/Bulk', { Operations });
const single = ({ method, path, data }: { method: string; path: string; data: object }) =>
  client.send(method, path, data);

const wasUsed = async ({ tokenId }: TestScimClient): Promise<boolean> => {
  const token = await gate.db.scimToken.findUniqueOrThrow({ where: { id: tokenId } });
  return token.lastUsedAt !== null;
};

const statusesOf = ({ status, body }: ScimReply): string[] => [
  String(status),
  ...((body?.Operations ?? []) as { status: string }[]).map((one) => one.status),
];

describe('concurrent bulk requests', () => {
  it('over the same people and groups in any order end without a failure, single patches among them', async () => {
    const [a, b] = [await addUser(), await addUser()];
    const [g, h] = [await addGroup(), await addGroup()];
    const answers = await Promise.all(
      Array.from({ length: 8 }).flatMap(() => [
        bulk(patchUser(a), patchUser(b), addMembers(g, a, b), removeMembers(h)),
        bulk(removeMembers(h), addMembers(g, b, a), patchUser(b), patchUser(a)),
        single(patchUser(a)),
        single(addMembers(h, b, a)),
        single(removeMembers(g)),
      ]),
    );
    expect(new Set(answers.flatMap(statusesOf))).toEqual(new Set(['200', '204']));
  }, 120_000);

  it('are turned away with Retry-After beyond a bound, and hold up nothing else while they wait', async () => {
    const [held, other] = [await addUser(), await addUser()];
    await superuser.query('BEGIN');
    await superuser.query('SELECT FROM scim_user WHERE person_id = $1 FOR UPDATE', [held]);
    // Every connection of the product's own pool would be taken several times over.
    const requests = Array.from({ length: 40 }, () => bulk(patchUser(held)));
    const first = await Promise.race(requests);
    await lockIsAwaited(gate.database);
    try {
      const off = { Operations: [{ op: 'replace', path: 'active', value: false }] };
      const revoked = await client.send('PATCH', `/Users/${other}`, off);
      expect(revoked.status).toBe(204);
      const person = await gate.db.person.findUniqueOrThrow({ where: { id: other } });
      expect(person.disabledAt).not.toBeNull();
      expect((await fetch(`${gate.origin}/health/ready`)).status).toBe(200);
    } finally {
      await superuser.query('ROLLBACK');
    }
    expect(first.status).toBe(429);
    expect(Number(first.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(first.body.detail).toContain('bulk');
    const answers = (await Promise.all(requests)).map(({ status }) => status);
    expect(new Set(answers)).toEqual(new Set([200, 429]));
  }, 120_000);

  it('of one SCIM connection neither fill the queue of another nor come before all of its own', async () => {
    const [held, other] = [await addUser(), await gate.connect()];
    await superuser.query('BEGIN');
    await superuser.query('SELECT FROM scim_user WHERE person_id = $1 FOR UPDATE', [held]);
    const done: string[] = [];
    const first = Array.from({ length: 40 }, async () => {
      const { status } = await bulk(patchUser(held));
      if (status === 200) done.push('first');
    });
    await Promise.race(first);
    await lockIsAwaited(gate.database);
    const created = { method: 'POST', path: '/Users', bulkId: 'a', data: { userName: newId() } };
    const second = other.send('POST', '/Bulk', { Operations: [created] }).then(statusesOf);
    // It waits from when its token is used.
    await expect.poll(() => wasUsed(other), { timeout: 10_000 }).toBe(true);
    await superuser.query('ROLLBACK');
    const statuses = await second;
    done.push('second');
    await Promise.all(first);
    expect(statuses).toEqual(['200', '201']);
    expect(done.indexOf('second')).toBeLessThan(done.lastIndexOf('first'));
  }, 120_000);
});
