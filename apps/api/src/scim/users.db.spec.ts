import { newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScimGate, type ScimGate, type TestScimClient } from './scim.fixture.js';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

let gate: ScimGate;
let client: TestScimClient;
beforeAll(async () => {
  gate = await startScimGate();
  client = await gate.connect();
});
afterAll(() => gate.close());

let count = 0;
const newUser = (over: object = {}) => ({
  schemas: [USER],
  userName: `user${(count += 1)}@example.test`,
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  emails: [{ value: `user${count}@work.test`, type: 'work', primary: true }],
  active: true,
  ...over,
});

const addUser = async (over: object = {}, by = client) => {
  const made = await by.send('POST', '/Users', newUser(over));
  expect(made.status).toBe(201);
  return made.body as { id: string; userName: string; meta: { version: string } };
};

const patchOf = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});

const find = (query: Record<string, string>, by = client) =>
  by.send('GET', `/Users?${new URLSearchParams(query).toString()}`);

const epoch = async () => (await gate.db.epoch.findUniqueOrThrow({ where: { id: 1 } })).value;

describe('a User', () => {
  it('is made, read, found, changed and taken away', async () => {
    const user = newUser({ externalId: 'x-1' });
    const made = await client.send('POST', '/Users', user);
    expect(made.body).toMatchObject({ ...user, meta: { resourceType: 'User' } });
    expect(made.status).toBe(201);
    expect(made.headers.get('content-type')).toContain('application/scim+json');
    expect(made.headers.get('location')).toBe(made.body.meta.location);
    const path = `/Users/${made.body.id}`;
    expect((await client.send('GET', path)).body).toEqual(made.body);
    const found = await find({ filter: `userName eq "${user.userName.toUpperCase()}"` });
    expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ id: made.body.id }] });
    const active = { op: 'Replace', path: 'active', value: 'False' };
    expect(await client.send('PATCH', path, patchOf(active))).toMatchObject({ status: 204 });
    expect((await client.send('GET', path)).body).toMatchObject({ active: false });
    expect((await client.send('DELETE', path)).status).toBe(204);
    expect((await client.send('GET', path)).status).toBe(404);
    expect((await client.send('DELETE', path)).status).toBe(404);
  });

  it('has no role and no team, and its id is ours and not the externalId', async () => {
    const externalId = newId();
    const { id } = await addUser({ externalId, roles: [{ value: 'it' }], id: newId() });
    expect(id).not.toBe(externalId);
    expect((await client.send('GET', `/Users/${externalId}`)).status).toBe(404);
    const person = await gate.db.person.findUniqueOrThrow({
      where: { id },
      include: { roles: true, teams: true, identities: true },
    });
    expect(person).toMatchObject({ roles: [], teams: [], identities: [], disabledAt: null });
    const shown = await client.send('GET', `/Users/${id}`);
    expect(shown.body).not.toHaveProperty('roles');
  });

  it('is unique by userName in any case and width, over all connections, without a word about whose', async () => {
    await addUser({ userName: 'Case@Example.test' });
    const other = await gate.connect();
    for (const userName of ['case@example.TEST', 'ｃase@example.test']) {
      for (const by of [client, other]) {
        const taken = await by.send('POST', '/Users', newUser({ userName }));
        expect(taken.body).toMatchObject({
          schemas: [ERROR],
          status: '409',
          scimType: 'uniqueness',
        });
        expect(JSON.stringify(taken.body)).not.toContain('connection');
      }
    }
    const alike = await find({ filter: 'userName eq "ｃase@example.test"' });
    expect(alike.body.totalResults).toBe(0);
  });

  it('is reached by its own connection alone', async () => {
    const { id } = await addUser();
    const other = await gate.connect();
    const path = `/Users/${id}`;
    const change = patchOf({ op: 'replace', path: 'active', value: false });
    expect((await other.send('GET', path)).status).toBe(404);
    expect((await other.send('PATCH', path, change)).status).toBe(404);
    expect((await other.send('PUT', path, newUser())).status).toBe(404);
    expect((await other.send('DELETE', path)).status).toBe(404);
    expect((await find({}, other)).body).toMatchObject({ totalResults: 0, Resources: [] });
    expect((await client.send('GET', path)).body.active).toBe(true);
  });

  it('loses every right with active false, moves the epoch once, and converges', async () => {
    const { id } = await addUser();
    await gate.db.consoleSession.create({
      data: { sid: newId(), sess: { personId: id }, expire: new Date(Date.now() + 60_000) },
    });
    const before = await epoch();
    const off = patchOf({ op: 'replace', value: { active: false } });
    for (let attempt = 0; attempt < 3; attempt += 1)
      await client.send('PATCH', `/Users/${id}`, off);
    expect(await epoch()).toBe(before + 1n);
    const person = await gate.db.person.findUniqueOrThrow({ where: { id } });
    expect(person.disabledAt).not.toBeNull();
    expect(person.tokensRevokedBefore).not.toBeNull();
    const sessions = await gate.db.consoleSession.count({
      where: { sess: { path: ['personId'], equals: id } },
    });
    expect(sessions).toBe(0);
    const entries = await gate.db.ledgerEntry.count({
      where: { type: 'change-scim-user', subjectId: id, actorId: client.connectionId },
    });
    expect(entries).toBe(3);
  });

  it('is not restored by a client, whatever it says after people disabled them', async () => {
    const user = newUser();
    const { id } = (await client.send('POST', '/Users', user)).body;
    const disabled = { disabledAt: new Date(), disabledByPeople: true };
    await gate.db.person.update({ where: { id }, data: disabled });
    const isOut = async () =>
      (await gate.db.person.findUniqueOrThrow({ where: { id } })).disabledAt !== null;
    await client.send('PUT', `/Users/${id}`, user);
    await client.send(
      'PATCH',
      `/Users/${id}`,
      patchOf({ op: 'replace', path: 'title', value: 'x' }),
    );
    expect((await client.send('GET', `/Users/${id}`)).body).toMatchObject({
      active: true,
      title: 'x',
    });
    expect(await isOut()).toBe(true);
    await client.send('PUT', `/Users/${id}`, { ...user, active: false });
    await client.send('PUT', `/Users/${id}`, { ...user, active: true });
    expect((await client.send('GET', `/Users/${id}`)).body.active).toBe(true);
    expect(await isOut()).toBe(true);
  });

  it('does not move the epoch for what changes no right', async () => {
    const before = await epoch();
    const { id } = await addUser();
    await client.send('PATCH', `/Users/${id}`, patchOf({ op: 'add', path: 'title', value: 'x' }));
    expect(await epoch()).toBe(before);
  });
});

describe('versions', () => {
  it('are weak ETags that writes and reads can be tied to', async () => {
    const { id, meta } = await addUser();
    const path = `/Users/${id}`;
    const title = patchOf({ op: 'add', path: 'title', value: 'x' });
    expect(meta.version).toBe('W/"1"');
    const unchanged = await client.send('GET', path, undefined, { 'if-none-match': meta.version });
    expect(unchanged).toMatchObject({ status: 304, body: null });
    const stale = await client.send('PATCH', path, title, { 'if-match': 'W/"7"' });
    expect(stale.body).toMatchObject({ schemas: [ERROR], status: '412' });
    const done = await client.send('PATCH', `${path}?attributes=title`, title, {
      'if-match': meta.version,
    });
    expect(done).toMatchObject({ status: 200, body: { id, title: 'x' } });
    expect(done.headers.get('etag')).toBe('W/"2"');
    await client.send('PATCH', path, title);
    expect((await client.send('GET', path)).headers.get('etag')).toBe('W/"2"');
    expect((await client.send('DELETE', path, undefined, { 'if-match': 'W/"1"' })).status).toBe(
      412,
    );
  });
});

describe('what is wrong', () => {
  it.each([
    ['no userName', { userName: undefined }],
    ['an empty userName', { userName: '' }],
    ['a number as a name', { userName: 7 }],
    ['an active that is neither', { active: 'perhaps' }],
    ['an object as text', { displayName: { $ne: null } }],
    ['text as an object', { name: 'Ada' }],
    ['another schema alone', { schemas: [ENTERPRISE] }],
    [
      'more values than anybody has',
      { emails: Array.from({ length: 101 }, (_, i) => ({ value: `${i}` })) },
    ],
    [
      'two primary values',
      {
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
    ],
    ['a NUL', { displayName: 'a\0b' }],
    ['half a character', { displayName: '\ud800' }],
  ])('is rejected with %s', async (_, over) => {
    const before = await gate.db.person.count();
    const { body } = await client.send('POST', '/Users', newUser(over));
    expect(body).toMatchObject({ schemas: [ERROR], status: '400' });
    expect(await gate.db.person.count()).toBe(before);
  });

  it('is answered in SCIM form: body, type, address, method', async () => {
    const raw = (body: string, type: string) =>
      fetch(`${gate.origin}/scim/v2/Users`, {
        method: 'POST',
        headers: { authorization: `Bearer ${client.token}`, 'content-type': type },
        body,
      });
    for (const [answer, status] of [
      [await raw('{', 'application/scim+json'), 400],
      [await raw('{"__proto__":{}}', 'application/json'), 400],
      [await raw('userName=x', 'application/x-www-form-urlencoded'), 415],
      [await raw(JSON.stringify({ x: 'x'.repeat(1_100_000) }), 'application/json'), 413],
    ] as const) {
      expect(answer.status).toBe(status);
      expect(await answer.json()).toMatchObject({ schemas: [ERROR], status: String(status) });
    }
    expect((await client.send('GET', '/Nothing')).body).toMatchObject({ status: '404' });
    expect((await client.send('DELETE', '/Users')).body).toMatchObject({ status: '405' });
    expect((await client.send('GET', '/Me')).body).toMatchObject({ status: '501' });
    expect((await client.send('GET', '/Users/not-an-id')).body).toMatchObject({ status: '404' });
  });
});
