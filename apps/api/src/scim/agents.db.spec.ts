import { newId } from '#libs/platform/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScimGate, type ScimGate, type TestScimClient } from './scim.fixture.js';

let gate: ScimGate;
let client: TestScimClient;
let owner: string;
beforeAll(async () => {
  gate = await startScimGate();
  client = await gate.connect();
  owner = (await client.send('POST', '/Users', { userName: 'owner' })).body.id;
  const teamId = newId();
  await gate.db.team.create({ data: { id: teamId, name: 'engineering' } });
  await gate.db.personTeam.create({ data: { personId: owner, teamId } });
});
afterAll(() => gate.close());

const off = { Operations: [{ op: 'replace', path: 'active', value: false }] };
const activate = (id: string) =>
  gate.db.agent.update({ where: { id }, data: { state: 'active', activatedAt: new Date() } });

describe.each([
  ['/Agents', 'agentUserName'],
  ['/AgenticApplications', 'name'],
])('an agent at %s', (endpoint, nameAttribute) => {
  const add = (name: string, over: object = {}) =>
    client.send('POST', endpoint, {
      [nameAttribute]: name,
      displayName: 'Helps people',
      active: true,
      owners: [{ value: owner }],
      ...over,
    });
  const name = () => `Helper ${newId()}`;

  it('is a draft, owned by a person of the connection, and found', async () => {
    const given = name();
    const made = await add(given, { externalId: 'a-1' });
    expect(made).toMatchObject({ status: 201, body: { active: false, [nameAttribute]: given } });
    const agent = await gate.db.agent.findUniqueOrThrow({ where: { id: made.body.id } });
    expect(agent).toMatchObject({
      name: given.toLowerCase().replace(' ', '-'),
      state: 'draft',
      ownerId: owner,
      riskTier: 'high',
    });
    const filter = encodeURIComponent(`${nameAttribute} eq "${given}" and externalId eq "a-1"`);
    const found = await client.send('GET', `${endpoint}?filter=${filter}`);
    expect(found.body).toMatchObject({ totalResults: 1 });
    const other = await gate.connect();
    expect((await other.send('GET', `${endpoint}/${made.body.id}`)).status).toBe(404);
  });

  it('is suspended at once, never activated, and retired with a name that nobody gets again', async () => {
    const given = name();
    const { id } = (await add(given)).body;
    const path = `${endpoint}/${id}`;
    await activate(id);
    const before = await gate.db.epoch.findUniqueOrThrow({ where: { id: 1 } });
    for (let attempt = 0; attempt < 2; attempt += 1) await client.send('PATCH', path, off);
    const after = await gate.db.epoch.findUniqueOrThrow({ where: { id: 1 } });
    expect(after.value).toBe(before.value + 1n);
    const on = { Operations: [{ op: 'replace', path: 'active', value: true }] };
    await client.send('PATCH', path, on);
    expect((await gate.db.agent.findUniqueOrThrow({ where: { id } })).state).toBe('suspended');
    expect((await client.send('DELETE', path)).status).toBe(204);
    expect((await gate.db.agent.findUniqueOrThrow({ where: { id } })).state).toBe('retired');
    expect((await add(given)).body).toMatchObject({ status: '409', scimType: 'uniqueness' });
  });

  it('is rejected without an owner of this connection', async () => {
    const other = await gate.connect();
    const theirs = (await other.send('POST', '/Users', { userName: newId() })).body.id;
    for (const owners of [
      undefined,
      [],
      [{}],
      [{ value: newId() }],
      [{ value: 'x' }],
      [{ value: theirs }],
    ])
      expect((await add(name(), { owners })).body).toMatchObject({
        status: '400',
        scimType: 'invalidValue',
      });
  });

  it('is made by the client alone: owners whom it has just provisioned are in its own team', async () => {
    const by = await gate.connect();
    const { name: connection } = await gate.db.scimConnection.findUniqueOrThrow({
      where: { id: by.connectionId },
    });
    const made = await Promise.all(
      [1, 2, 3].map(async () => {
        const user = await by.send('POST', '/Users', { userName: newId() });
        const owners = [{ value: user.body.id }];
        return by.send('POST', endpoint, { [nameAttribute]: name(), owners });
      }),
    );
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201]);
    const agents = await gate.db.agent.findMany({
      where: { id: { in: made.map(({ body }) => body.id as string) } },
      include: { team: { include: { people: true } } },
    });
    const team = { name: `Agents from ${connection}`, orphanRule: 'suspend', people: [] };
    for (const agent of agents) expect(agent).toMatchObject({ state: 'draft', team });
    expect(agents).toHaveLength(3);
  });

  it('keeps its name and its owners, as /Schemas says', async () => {
    const { id, ...resource } = (await add(name())).body;
    const path = `${endpoint}/${id}`;
    const second = [{ value: owner }, { value: newId() }];
    for (const [attribute, value] of [
      [nameAttribute, name()],
      [nameAttribute, resource[nameAttribute].toUpperCase()],
      ['owners', [{ value: newId() }]],
      ['owners', second],
    ] as const) {
      const Operations = [{ op: 'replace', path: attribute, value }];
      const rejected = [
        await client.send('PATCH', path, { Operations }),
        await client.send('PUT', path, { ...resource, [attribute]: value }),
      ];
      for (const { body } of rejected)
        expect(body).toMatchObject({ status: '400', scimType: 'mutability' });
    }
    const remove = { Operations: [{ op: 'remove', path: 'active' }] };
    expect((await client.send('PATCH', path, remove)).body.scimType).toBe('mutability');
    expect((await client.send('PUT', path, resource)).status).toBe(200);
  });

  it('is suspended by its team when its owner leaves', async () => {
    const leaver = (await client.send('POST', '/Users', { userName: newId() })).body.id;
    const team = await gate.db.team.findFirstOrThrow();
    await gate.db.personTeam.create({ data: { personId: leaver, teamId: team.id } });
    const { id } = (await add(name(), { owners: [{ value: leaver }] })).body;
    await activate(id);
    await client.send('PATCH', `/Users/${leaver}`, off);
    const agent = await gate.db.agent.findUniqueOrThrow({ where: { id } });
    expect(agent.state).toBe('suspended');
    expect(agent.orphanedAt).not.toBeNull();
  });
});

describe('discovery', () => {
  it('shows every resource type and schema, and marks what follows a draft', async () => {
    const types = (await client.send('GET', '/ResourceTypes')).body.Resources;
    expect(types.map(({ name }: { name: string }) => name)).toEqual([
      'User',
      'Group',
      'Agent',
      'AgenticApplication',
    ]);
    for (const type of types) {
      expect((await client.send('GET', `/Schemas/${type.schema}`)).body.id).toBe(type.schema);
      expect((await client.send('GET', `/ResourceTypes/${type.id}`)).body).toEqual(type);
      expect((await client.send('GET', type.endpoint)).status).toBe(200);
    }
    expect(types[2].description).toContain('experimental');
    const config = (await client.send('GET', '/ServiceProviderConfig')).body;
    for (const able of ['patch', 'bulk', 'filter', 'sort', 'etag'])
      expect(config[able].supported).toBe(true);
    expect((await client.send('GET', '/Schemas?filter=x')).status).toBe(403);
  });
});
