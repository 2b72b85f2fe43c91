import { readMakers } from '#libs/engine/actors';
import { HOUR_MS, newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScimGate, type ScimGate, type TestScimClient } from './scim.fixture.js';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

let gate: ScimGate;
let client: TestScimClient;
beforeAll(async () => {
  gate = await startScimGate();
  client = await gate.connect();
});
afterAll(() => gate.close());

let count = 0;
const addUser = async (by = client): Promise<string> =>
  (await by.send('POST', '/Users', { userName: `user-${(count += 1)}` })).body.id;
const addGroup = async (members: string[] = [], by = client): Promise<string> =>
  (
    await by.send('POST', '/Groups', {
      displayName: `group ${(count += 1)}`,
      members: members.map((value) => ({ value })),
    })
  ).body.id;
const patchOf = (...Operations: object[]) => ({ Operations });
const membersOf = async (id: string): Promise<string[]> =>
  ((await client.send('GET', `/Groups/${id}`)).body.members ?? []).map(
    ({ value }: { value: string }) => value,
  );
const epoch = async () => (await gate.db.epoch.findUniqueOrThrow({ where: { id: 1 } })).value;

describe('the last holder of a role', () => {
  const past = new Date(Date.now() - HOUR_MS);
  const mapped = async (groupId: string, role: 'it' | 'security') => {
    const by = { proposedById: newId(), decidedAt: past };
    const mapping = { id: newId(), groupId, role, state: 'active', ...by } as const;
    await gate.db.groupMapping.create({ data: mapping });
  };

  it('is never removed by SCIM: not deactivated, deleted, or taken out of the group', async () => {
    const [last, other] = [await addUser(), await addUser()];
    const group = await addGroup([last]);
    await mapped(group, 'it');
    const patch = (op: object) => patchOf({ path: 'members', ...op });
    const tries: (readonly [method: string, path: string, body?: object])[] = [
      ['PATCH', `/Users/${last}`, patchOf({ op: 'replace', path: 'active', value: false })],
      ['DELETE', `/Users/${last}`],
      ['PATCH', `/Groups/${group}`, patch({ op: 'remove', value: [{ value: last }] })],
      ['PATCH', `/Groups/${group}`, patch({ op: 'replace', value: [] })],
      ['PUT', `/Groups/${group}`, { displayName: 'Other name', members: [] }],
      ['DELETE', `/Groups/${group}`],
    ];
    for (const [method, path, body] of tries) {
      const { status, body: answer } = await client.send(method, path, body);
      expect({ method, path, status, answer }).toMatchObject({
        status: 409,
        answer: { detail: expect.stringContaining('holds the role IT in Gatehouse') as string },
      });
      expect(answer).not.toHaveProperty('scimType');
    }
    const rejected = await client.send('POST', '/Bulk', {
      Operations: [
        { method: 'DELETE', path: `/Users/${last}` },
        { method: 'DELETE', path: `/Users/${other}` },
      ],
    });
    expect(rejected.body.Operations.map(({ status }: { status: string }) => status)).toEqual([
      '409',
      '204',
    ]);
    expect(await membersOf(group)).toEqual([last]);
    const person = await gate.db.person.findUniqueOrThrow({ where: { id: last } });
    expect(person.disabledAt).toBeNull();
    // With another holder it goes through.
    const second = await addUser();
    const value = [{ value: second }];
    await client.send('PATCH', `/Groups/${group}`, patch({ op: 'add', value }));
    expect((await client.send('DELETE', `/Users/${last}`)).status).toBe(204);
  });

  // `ACCESS_RACES=1000` for more rounds.
  const rounds = Number(process.env['ACCESS_RACES'] ?? 20);
  it(
    'stays when all of them are deactivated at once',
    { timeout: 60_000 + rounds * 2_000 },
    async () => {
      for (let round = 0; round < rounds; round += 1) {
        const people = [await addUser(), await addUser(), await addUser()];
        const group = await addGroup(people);
        await gate.db.groupMapping.updateMany({ data: { state: 'removed' } });
        await mapped(group, 'security');
        const off = patchOf({ op: 'replace', path: 'active', value: false });
        const answers = await Promise.all(
          people.map((id) => client.send('PATCH', `/Users/${id}`, off)),
        );
        expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 204, 409]);
      }
    },
  );
});

describe('what a token does to privileged people', () => {
  it('raises an alert that concerns who made the token: a re-keyed officer', async () => {
    const [maker, officer] = [newId(), await addUser()];
    const made = { id: maker, name: 'Mallory', email: 'm@example.test', createdAt: new Date() };
    await gate.db.person.create({ data: made });
    await gate.db.personRole.create({ data: { personId: officer, role: 'security' } });
    // A second token of the connection: nobody can change who made one.
    const other = await gate.db.scimToken.findUniqueOrThrow({ where: { id: client.tokenId } });
    await gate.db.scimToken.create({
      data: { ...other, id: newId(), tokenHash: Buffer.from(maker), createdById: maker },
    });
    const alerts = () =>
      gate.db.alert.findMany({ where: { kind: 'linking_attribute_changed', subjectId: officer } });
    const rekey = (value: string) =>
      client.send(
        'PATCH',
        `/Users/${officer}`,
        patchOf({ op: 'replace', path: 'externalId', value }),
      );
    await rekey('object-of-mallory');
    expect(await alerts()).toMatchObject([
      { message: expect.stringContaining('externalId') as string, concernedIds: [officer] },
    ]);
    // Nothing changes, nothing is said; and of others nothing is said either.
    await rekey('object-of-mallory');
    const user = await addUser();
    await client.send(
      'PATCH',
      `/Users/${user}`,
      patchOf({ op: 'replace', path: 'externalId', value: 'mine' }),
    );
    expect(await alerts()).toHaveLength(1);
    expect(await gate.db.alert.count({ where: { subjectId: user } })).toBe(0);
    expect((await readMakers(gate.db, [officer])).get(officer)).toContain(maker);
  });
});

describe('a Group', () => {
  it('has a name that reads as it is written', async () => {
    for (const letter of ['\u202e', '\u2066', '\u0007', '\u009b']) {
      const named = { displayName: `Audi${letter}srot` };
      expect((await client.send('POST', '/Groups', named)).status).toBe(400);
    }
  });

  it('that gives a role raises an alert that the new member cannot acknowledge, still in it or not', async () => {
    const [group, mallory] = [await addGroup(), await addUser()];
    const mapping = { groupId: group, role: 'security', state: 'active' } as const;
    const past = new Date(Date.now() - HOUR_MS);
    const by = { proposedById: newId(), decidedAt: past };
    await gate.db.groupMapping.create({ data: { id: newId(), ...mapping, ...by } });
    const path = `/Groups/${group}`;
    const value = [{ value: mallory }];
    await client.send('PATCH', path, patchOf({ op: 'add', path: 'members', value }));
    await client.send('PATCH', path, patchOf({ op: 'remove', path: 'members', value }));
    const alerts = await gate.db.alert.findMany({ where: { subjectId: group } });
    expect(alerts).toMatchObject([
      { kind: 'privileged_member', concernedIds: [mallory, by.proposedById] },
    ]);
  });

  it('is made, found by name and member, changed and taken away', async () => {
    const [ada, bob] = [await addUser(), await addUser()];
    const made = await client.send('POST', '/Groups', {
      displayName: 'Reviewers',
      externalId: 'g-1',
      members: [{ value: ada, display: 'whatever' }],
    });
    expect(made.status).toBe(201);
    const { id } = made.body;
    for (const filter of [
      'displayName eq "REVIEWERS"',
      `members eq "${ada}"`,
      `members[value eq "${ada}"] and externalId eq "g-1"`,
    ]) {
      const found = await client.send('GET', `/Groups?filter=${encodeURIComponent(filter)}`);
      expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ id }] });
    }
    const path = `/Groups/${id}`;
    await client.send(
      'PATCH',
      path,
      patchOf({ op: 'Add', path: 'members', value: [{ value: bob }] }),
    );
    expect((await membersOf(id)).toSorted()).toEqual([ada, bob].toSorted());
    const user = await client.send('GET', `/Users/${bob}`);
    expect(user.body.groups).toMatchObject([{ value: id, display: 'Reviewers', type: 'direct' }]);
    await client.send('PUT', path, { displayName: 'Readers', members: [{ value: bob }] });
    expect(await membersOf(id)).toEqual([bob]);
    expect(
      (await client.send('GET', `${path}?excludedAttributes=members`)).body,
    ).not.toHaveProperty('members');
    expect((await client.send('DELETE', path)).status).toBe(204);
    expect((await client.send('GET', `/Users/${bob}`)).body).not.toHaveProperty('groups');
  });

  it('comes to the same whatever is sent twice or in another order', async () => {
    const [ada, bob] = [await addUser(), await addUser()];
    const id = await addGroup();
    const add = (value: string) => patchOf({ op: 'add', path: 'members', value: [{ value }] });
    const remove = (value: string) =>
      patchOf({ op: 'remove', path: `members[value eq "${value}"]` });
    const entraRemove = (value: string) =>
      patchOf({ op: 'Remove', path: 'members', value: [{ value }] });
    for (const change of [add(ada), add(ada), remove(bob), add(bob), entraRemove(ada), remove(ada)])
      expect((await client.send('PATCH', `/Groups/${id}`, change)).status).toBe(204);
    expect(await membersOf(id)).toEqual([bob]);
    const { version } = await gate.db.group.findUniqueOrThrow({ where: { id } });
    const before = await epoch();
    await client.send('PATCH', `/Groups/${id}`, add(bob));
    expect(await epoch()).toBe(before);
    expect(await gate.db.group.findUniqueOrThrow({ where: { id } })).toMatchObject({ version });
  });

  it('has people of its own connection alone, and no groups', async () => {
    const other = await gate.connect();
    const [mine, theirs, group] = [await addUser(), await addUser(other), await addGroup()];
    const id = await addGroup([mine]);
    for (const value of [
      [{ value: theirs }],
      [{ value: newId() }],
      [{ value: group }],
      [{ value: group, type: 'Group' }],
      [{ value: mine, type: 'group' }],
      'nobody',
      [{ display: 'x' }],
    ]) {
      const rejected = await client.send(
        'PATCH',
        `/Groups/${id}`,
        patchOf({ op: 'add', path: 'members', value }),
      );
      expect(rejected.body).toMatchObject({
        schemas: [ERROR],
        status: '400',
        scimType: 'invalidValue',
      });
    }
    expect(await membersOf(id)).toEqual([mine]);
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', patchOf({ op: 'remove', path: 'members' })],
      ['DELETE', undefined],
    ] as const)
      expect((await other.send(method, `/Groups/${id}`, body)).status).toBe(404);
  });

  it('raises an alert when somebody comes into one that gives a role, whose mapping no token changes', async () => {
    const [boss, newcomer] = [await addUser(), await addUser()];
    const id = await addGroup([boss]);
    await gate.db.groupMapping.create({
      data: {
        id: newId(),
        groupId: id,
        role: 'security',
        state: 'active',
        proposedById: boss,
        decidedAt: new Date(),
      },
    });
    await client.send(
      'PATCH',
      `/Groups/${id}`,
      patchOf({ op: 'add', path: 'members', value: [{ value: newcomer }] }),
    );
    const alerts = await gate.db.alert.findMany({ where: { subjectId: id } });
    expect(alerts).toMatchObject([{ kind: 'privileged_member', subjectKind: 'group' }]);
    const mappings = patchOf({ op: 'remove', path: 'mappings' });
    expect((await client.send('PATCH', `/Groups/${id}`, mappings)).body.scimType).toBe(
      'invalidPath',
    );
    await client.send(
      'PATCH',
      `/Groups/${id}`,
      patchOf({ op: 'replace', value: { mappings: [] } }),
    );
    expect(await gate.db.groupMapping.count({ where: { groupId: id } })).toBe(1);
  });
});

describe('a bulk request', () => {
  const bulk = (Operations: object[], more: object = {}) =>
    client.send('POST', '/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations,
      ...more,
    });
  const post = (bulkId: string, data: object, path = '/Users') => ({
    method: 'POST',
    path,
    bulkId,
    data,
  });
  const statuses = (body: { Operations: { status: string }[] }) =>
    body.Operations.map(({ status }) => status);

  it('resolves references whichever way round they stand', async () => {
    const group = { displayName: `bulk ${newId()}`, members: [{ value: 'bulkId:ada' }] };
    const done = await bulk([
      post('team', group, '/Groups'),
      post('ada', { userName: newId() }),
      {
        method: 'PATCH',
        path: '/Users/bulkId:ada',
        data: patchOf({ op: 'add', path: 'title', value: 'x' }),
      },
    ]);
    expect(statuses(done.body)).toEqual(['201', '201', '200']);
    const [team, ada, titled] = done.body.Operations;
    expect(titled).toMatchObject({ location: ada.location, version: 'W/"2"' });
    expect(await membersOf(team.location.split('/').at(-1))).toEqual([
      ada.location.split('/').at(-1),
    ]);
  });

  it('says of each operation what became of it, undoes a failed one alone, and records all', async () => {
    const name = newId();
    const entries = await gate.db.ledgerEntry.count();
    const done = await bulk([
      post('a', { userName: name }),
      post('b', { userName: name }),
      post('c', { displayName: 'no name' }),
      post('d', { displayName: newId(), members: [{ value: 'bulkId:b' }] }, '/Groups'),
      { method: 'DELETE', path: `/Users/${newId()}` },
      { method: 'GET', path: '/Users' },
      post('e', {}, '/Nothing'),
      post('f', { userName: newId() }),
    ]);
    expect(done.status).toBe(200);
    expect(statuses(done.body)).toEqual(['201', '409', '400', '409', '404', '400', '404', '201']);
    expect(done.body.Operations[1].response).toMatchObject({
      schemas: [ERROR],
      scimType: 'uniqueness',
    });
    expect(await gate.db.scimUser.count({ where: { userName: name } })).toBe(1);
    // Two done, three rejected by their commands; the others never became one.
    expect(await gate.db.ledgerEntry.count()).toBe(entries + 5);
  });

  it('begins nothing more after failOnErrors failures', async () => {
    const [first, last] = [newId(), newId()];
    const done = await bulk(
      [post('a', { userName: first }), post('b', {}), post('c', { userName: last })],
      { failOnErrors: 1 },
    );
    expect(statuses(done.body)).toEqual(['201', '400']);
    expect(await gate.db.scimUser.count({ where: { userName: { in: [first, last] } } })).toBe(1);
  });

  it('moves the epoch once for all of it, and not at all when nobody loses or gains a right', async () => {
    const users = [await addUser(), await addUser(), await addUser()];
    const group = await addGroup(users);
    const before = await epoch();
    await bulk([post('a', { userName: newId() }), post('b', { userName: newId() })]);
    expect(await epoch()).toBe(before);
    const off = patchOf({ op: 'replace', path: 'active', value: false });
    await bulk([
      ...users.map((id) => ({ method: 'PATCH', path: `/Users/${id}`, data: off })),
      { method: 'DELETE', path: `/Groups/${group}` },
    ]);
    expect(await epoch()).toBe(before + 1n);
    expect(await gate.db.person.count({ where: { id: { in: users }, disabledAt: null } })).toBe(0);
  });

  it('rejects references in a circle, twice the same bulkId, and too many operations', async () => {
    const member = (value: string) => ({ displayName: newId(), members: [{ value }] });
    const circle = await bulk([
      post('a', member('bulkId:b'), '/Groups'),
      post('b', member('bulkId:a'), '/Groups'),
    ]);
    expect(statuses(circle.body)).toEqual(['409', '409']);
    const twice = await bulk([post('a', { userName: newId() }), post('a', { userName: newId() })]);
    expect(twice.body).toMatchObject({ status: '400', scimType: 'invalidValue' });
    const many = Array.from({ length: 201 }, (_, index) => post(`${index}`, { userName: newId() }));
    expect((await bulk(many)).body).toMatchObject({ schemas: [ERROR], status: '413' });
  });

  it("is held to the token's scopes, operation by operation", async () => {
    const reader = await gate.connect(['users:write', 'groups:read']);
    const done = await reader.send('POST', '/Bulk', {
      Operations: [
        post('a', { userName: newId() }),
        post('b', { displayName: newId() }, '/Groups'),
        post('c', { agentUserName: newId() }, '/Agents'),
      ],
    });
    expect(statuses(done.body).slice(0, 2)).toEqual(['201', '403']);
    expect(statuses(done.body)[2]).not.toBe('201');
  });
});
