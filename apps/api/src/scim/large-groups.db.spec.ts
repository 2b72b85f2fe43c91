import { newId } from '#libs/platform/kernel';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startScimGate, type ScimGate, type TestScimClient } from './scim.fixture.js';

const MEMBERS = 20_000;

let gate: ScimGate;
let client: TestScimClient;
const ids = Array.from({ length: MEMBERS }, () => newId());
beforeAll(async () => {
  gate = await startScimGate();
  client = await gate.connect();
  await gate.db.$executeRaw`INSERT INTO person (id, name, email, created_at)
    SELECT id, id::text, id::text, now() FROM unnest(${ids}::uuid[]) AS given(id)`;
  await gate.db.$executeRaw`INSERT INTO scim_user
      (person_id, connection_id, user_name, user_name_folded, attributes, created_at, updated_at)
    SELECT id, ${client.connectionId}::uuid, id::text, id::text, '{}', now(), now()
    FROM unnest(${ids}::uuid[]) AS given(id)`;
}, 120_000);
afterAll(() => gate.close());

// As a client writes back what it has read: with every part of a member.
const members = (count: number) =>
  ids.slice(0, count).map((value) => ({
    value,
    $ref: `${gate.origin}/scim/v2/Users/${value}`,
    display: `A person with a name of some length ${value}`,
    type: 'User',
  }));
const group = () => ({ displayName: `large ${newId()}`, members: members(1) });
const countOf = (groupId: string) => gate.db.groupMember.count({ where: { groupId } });

it('takes a group of as many members as are promised, by POST, PUT and PATCH', async () => {
  const made = await client.send('POST', '/Groups', { ...group(), members: members(MEMBERS) });
  expect(made.status).toBe(201);
  const path = `/Groups/${made.body.id}`;
  expect(made.body.members).toHaveLength(MEMBERS);
  const put = await client.send('PUT', path, { ...group(), members: members(11_000) });
  expect([put.status, await countOf(made.body.id)]).toEqual([200, 11_000]);
  const op = { op: 'replace', path: 'members', value: members(MEMBERS) };
  expect((await client.send('PATCH', path, { Operations: [op] })).status).toBe(204);
  expect(await countOf(made.body.id)).toBe(MEMBERS);
  const more = [...members(MEMBERS), { value: newId() }];
  const rejected = await client.send('PUT', path, { ...group(), members: more });
  expect(rejected.body).toMatchObject({ status: '400', scimType: 'invalidValue' });
}, 120_000);

it('is bounded, and by the usual size everywhere else', async () => {
  const { id } = (await client.send('POST', '/Groups', group())).body;
  const long = (megabytes: number) => ({ ...group(), x: 'x'.repeat(megabytes * 1_048_576) });
  for (const [method, path, body] of [
    ['PUT', `/Groups/${id}`, long(8)],
    ['POST', '/Groups', long(8)],
    ['POST', '/Users', { userName: newId(), x: 'x'.repeat(1_048_576) }],
    ['POST', '/Groups/.search', long(1)],
  ] as const)
    expect((await client.send(method, path, body)).body).toMatchObject({ status: '413' });
});

it('reads nothing of the body of a request without a token', async () => {
  const sent = await new Promise<{ status: number | undefined; bytes: number }>(
    (resolve, reject) => {
      const { hostname, port } = new URL(gate.origin);
      const headers = {
        host: new URL(gate.origin).host,
        'content-type': 'application/scim+json',
        'content-length': String(7 * 1_048_576),
      };
      const asked = request({ hostname, port, method: 'POST', path: '/scim/v2/Groups', headers });
      asked.on('response', (answer) => {
        resolve({ status: answer.statusCode, bytes: asked.socket?.bytesWritten ?? 0 });
        asked.destroy();
      });
      asked.on('error', reject);
      asked.write('{');
    },
  );
  expect(sent.status).toBe(401);
  expect(sent.bytes).toBeLessThan(4096);
});

it('works on a few large ones at once, and asks the others to come again', async () => {
  const { id } = (await client.send('POST', '/Groups', group())).body;
  const body = { ...group(), members: members(MEMBERS) };
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => client.send('PUT', `/Groups/${id}`, body)),
  );
  const statuses = new Set(answers.map(({ status }) => status));
  expect(statuses).toEqual(new Set([200, 503]));
  const busy = answers.find(({ status }) => status === 503);
  expect([busy?.headers.get('retry-after'), busy?.body.status]).toEqual(['1', '503']);
  expect((await client.send('PUT', `/Groups/${id}`, body)).status).toBe(200);
}, 120_000);

it('is counted among the bodies that are coming in, also below the usual size', async () => {
  const { host, hostname, port } = new URL(gate.origin);
  const headers = {
    host,
    authorization: `Bearer ${client.token}`,
    'content-type': 'application/scim+json',
    'content-length': String(1_048_576),
  };
  const statuses: (number | undefined)[] = [];
  // Together more than 128 MiB, of which none is whole.
  const unfinished = Array.from({ length: 132 }, () => {
    const asked = request({ hostname, port, method: 'POST', path: '/scim/v2/Groups', headers });
    asked.on('response', ({ statusCode }) => statuses.push(statusCode));
    asked.on('error', () => undefined);
    asked.write(' '.repeat(1_048_000));
    return asked;
  });
  await expect.poll(() => statuses, { timeout: 20_000 }).toContain(503);
  expect(new Set(statuses)).toEqual(new Set([503]));
  for (const asked of unfinished) asked.destroy();
  const small = () => client.send('POST', '/Groups', group());
  await expect.poll(async () => (await small()).status, { timeout: 20_000 }).toBe(201);
}, 60_000);
