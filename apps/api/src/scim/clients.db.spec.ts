import { newId, type ScimScope } from '#libs/platform/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScimGate, type ScimGate, type TestScimClient } from './scim.fixture.js';

// What other people's clients send and expect, found with their products and with public suites.

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

const addUser = async (over: object = {}, by = client) => {
  const made = await by.send('POST', '/Users', { userName: newId(), ...over });
  expect(made).toMatchObject({ status: 201 });
  return made.body;
};
const patch = (path: string, ...Operations: object[]) => client.send('PATCH', path, { Operations });
const find = async (filter: string, endpoint = '/Users', by = client): Promise<string[]> => {
  const found = await by.send('GET', `${endpoint}?${new URLSearchParams({ filter }).toString()}`);
  expect(found).toMatchObject({ status: 200 });
  return found.body.Resources.map(({ id }: { id: string }) => id);
};
const raw = (
  method: string,
  path: string,
  init: { body?: string; redirect?: 'manual' | 'follow' } = {},
) =>
  fetch(`${gate.origin}/scim/v2${path}`, {
    method,
    redirect: 'manual',
    ...init,
    headers: {
      authorization: `Bearer ${client.token}`,
      'content-type': 'application/scim+json',
    },
  });

describe('a filter', () => {
  it('asks about the part of the values that it picks, as Entra writes it', async () => {
    const by = await gate.connect();
    const emails = [
      { type: 'work', value: 'ada@x.test' },
      { type: 'home', value: 'home@x.test' },
    ];
    const { id } = await addUser({ emails }, by);
    const { id: none } = await addUser({}, by);
    const asked = (filter: string) => find(filter, '/Users', by);
    expect(await asked('emails[type eq "work"].value eq "ADA@x.test"')).toEqual([id]);
    expect(await asked('emails[type eq "home"].value eq "ada@x.test"')).toEqual([]);
    expect(await asked('emails[type eq "work"].value pr and active eq true')).toEqual([id]);
    expect(await asked('not (emails[type eq "work"].value sw "ada")')).toEqual([none]);
    expect(await asked('emails[type eq "work"].value ne "ada@x.test"')).toEqual([none]);
    expect(await asked(`${USER}:emails[type eq "work"].value co "@x"`)).toEqual([id]);
  });

  it('asks for the schemas in use and the kind of resource, of every resource type', async () => {
    const by = await gate.connect();
    const { id: plain } = await addUser({}, by);
    const { id } = await addUser({ [ENTERPRISE]: { department: 'R&D' } }, by);
    const both = [plain, id];
    for (const [filter, ids] of [
      [`schemas eq "${USER}"`, both],
      [`schemas eq "${ENTERPRISE.toUpperCase()}"`, [id]],
      [`schemas co "enterprise"`, [id]],
      [`not (schemas eq "${ENTERPRISE}")`, [plain]],
      [`schemas pr`, both],
      ['meta.resourceType eq "User"', both],
      ['meta.resourceType eq "Group"', []],
    ] as const)
      expect([filter, await find(filter, '/Users', by)]).toEqual([filter, ids]);
    const group = await by.send('POST', '/Groups', { displayName: newId() });
    const owners = [{ value: id }];
    const agent = await by.send('POST', '/Agents', { agentUserName: newId(), owners });
    const app = await by.send('POST', '/AgenticApplications', { name: newId(), owners });
    for (const { body } of [group, agent, app]) {
      const [schema] = body.schemas;
      const { resourceType } = body.meta;
      const filter = `schemas eq "${schema}" and meta.resourceType eq "${resourceType}"`;
      expect(await find(filter, `/${resourceType}s`, by)).toEqual([body.id]);
      expect(await find(`schemas eq "${USER}"`, `/${resourceType}s`, by)).toEqual([]);
    }
  });

  it('finds a name in whichever composition it is written, as it is unique in', async () => {
    const [composed, decomposed] = ['jos\u00e9', 'jose\u0301'].map((name) => `${name}-${newId()}`);
    const taken = decomposed?.replace(/-.*/, composed?.replace(/^[^-]*/, '') ?? '') ?? '';
    const { id } = await addUser({ userName: composed, displayName: composed, title: composed });
    for (const attribute of ['userName', 'displayName', 'title']) {
      for (const name of [composed, taken, taken.toUpperCase()])
        expect(await find(`${attribute} eq "${name}"`)).toEqual([id]);
      expect(await find(`${attribute} sw "${taken.slice(0, 8)}"`)).toEqual([id]);
    }
    const again = await client.send('POST', '/Users', { userName: taken });
    expect(again.body).toMatchObject({ status: '409', scimType: 'uniqueness' });
    const group = await client.send('POST', '/Groups', { displayName: taken });
    expect(await find(`displayName eq "${composed}"`, '/Groups')).toEqual([group.body.id]);
    expect((await client.send('POST', '/Groups', { displayName: composed })).body).toMatchObject({
      status: '409',
      scimType: 'uniqueness',
    });
  });

  it('with a NUL is the client’s mistake, wherever it is', async () => {
    const filters = [
      'userName eq "a\0b"',
      'userName eq "a\\u0000b"',
      'emails[value eq "\0"]',
      '\0',
    ];
    for (const filter of filters) {
      const query = new URLSearchParams({ filter }).toString();
      const answers = [
        await client.send('GET', `/Users?${query}`),
        await client.send('GET', `/Groups?${query}`),
        await client.send('POST', '/Users/.search', { filter }),
        await patch(`/Users/${newId()}`, { op: 'remove', path: filter }),
      ];
      const statuses = answers.map(({ body }) => body.status as string);
      expect([filter, statuses]).toEqual([
        filter,
        ['400', '400', '400', expect.stringMatching(/^40[04]$/)],
      ]);
    }
    const { id } = await addUser();
    for (const [path, scimType] of [
      ['emails[value eq "\0"]', 'invalidValue'],
      ['emails[value eq "\\u0000"].type', 'invalidPath'],
    ] as const)
      expect((await patch(`/Users/${id}`, { op: 'remove', path })).body).toMatchObject({
        status: '400',
        scimType,
      });
    expect((await client.send('GET', '/Users/a%00b')).status).toBe(404);
    expect((await client.send('GET', '/Schemas/a%00b')).status).toBe(404);
  });
});

describe('a body that cannot be read', () => {
  it.each([
    ['POST', '/Users', '{"userName":'],
    ['POST', '/Users', '[{"userName":"x"}]'],
    ['POST', '/Users', '"x"'],
    ['POST', '/Users', '{"schemas":"x","userName":"y"}'],
    ['POST', '/Users', `{"userName":${'['.repeat(80)}${']'.repeat(80)}}`],
    ['POST', '/Groups', '{"displayName":'],
    ['PUT', `/Groups/${newId()}`, '{'],
    ['PATCH', `/Users/${newId()}`, '{"Operations":'],
    ['POST', '/Bulk', '{"Operations":'],
    ['POST', '/Bulk', '{"Operations":7}'],
    ['POST', '/Users/.search', '{"filter":'],
  ])('is invalidSyntax: %s %s %s', async (method, path, body) => {
    const answer = await raw(method, path, { body });
    expect(await answer.json()).toEqual({
      schemas: [ERROR],
      status: '400',
      scimType: 'invalidSyntax',
      detail: expect.any(String) as string,
    });
    expect(answer.headers.get('content-type')).toContain('application/scim+json');
  });

  it('is told from one with a wrong value', async () => {
    const { body } = await client.send('POST', '/Users', { userName: 7 });
    expect(body).toMatchObject({ status: '400', scimType: 'invalidValue' });
  });
});

describe('an address with a slash at its end', () => {
  it('is answered with the one without, whatever the method and the query', async () => {
    for (const [method, path] of [
      ['GET', '/Users/?filter=userName%20eq%20%22a%2F%22&count=1'],
      ['POST', '/Users/'],
      ['GET', `/Users/${newId()}/`],
      ['GET', '/ServiceProviderConfig/'],
      ['POST', '/Groups/'],
    ] as const) {
      const answer = await raw(method, path, method === 'POST' ? { body: '{}' } : {});
      expect([path, answer.status, answer.headers.get('location')]).toEqual([
        path,
        308,
        `${gate.origin}/scim/v2${path.replace(/\/(?=\?|$)/, '')}`,
      ]);
    }
    const followed = await raw('GET', '/Users/?count=0', { redirect: 'follow' });
    expect(followed.status).toBe(200);
  });

  it('leads to no other place, and admits nobody', async () => {
    for (const path of ['//', '/Users//', '/', '//evil.test/'])
      expect((await raw('GET', path)).headers.get('location') ?? gate.origin).toContain(
        gate.origin,
      );
    const outsider = await fetch(`${gate.origin}/scim/v2/Users/`);
    expect(outsider.status).toBe(401);
    expect((await fetch(`${gate.origin}/api/v1/people/`, { redirect: 'manual' })).status).toBe(404);
  });
});

describe('a removed active', () => {
  it('is unassigned, and changes nobody’s rights until it is said again', async () => {
    const { id } = await addUser({ active: true });
    const path = `/Users/${id}`;
    const isOut = async () =>
      (await gate.db.person.findUniqueOrThrow({ where: { id } })).disabledAt !== null;
    const remove = { op: 'remove', path: 'active' };
    expect((await patch(path, remove)).status).toBe(204);
    const shown = await client.send('GET', path);
    expect(shown.body).not.toHaveProperty('active');
    expect(await isOut()).toBe(false);
    expect(await find(`id eq "${id}" and not (active pr)`)).toEqual([id]);
    expect(await find(`id eq "${id}" and active eq true`)).toEqual([]);
    await patch(path, remove);
    expect((await client.send('GET', path)).headers.get('etag')).toBe(shown.headers.get('etag'));
    await patch(path, { op: 'replace', path: 'active', value: false });
    expect(await isOut()).toBe(true);
    await patch(path, remove);
    expect(await isOut()).toBe(true);
    expect((await client.send('GET', path)).body).not.toHaveProperty('active');
    await client.send('PUT', path, { userName: newId() });
    expect(await isOut()).toBe(true);
    await patch(path, { op: 'add', path: 'active', value: true });
    expect((await client.send('GET', path)).body.active).toBe(true);
    expect(await isOut()).toBe(false);
  });
});

describe('a token that may write and not read', () => {
  const only = (...scopes: ScimScope[]) => gate.connect(scopes);
  const secret = { title: 'Secret', name: { givenName: 'Ada' } };

  it('learns of a User, a Group and an Agent where it is and its version, and nothing else', async () => {
    const by = await only('users:write', 'groups:write', 'agents:write');
    const owner = (await by.send('POST', '/Users', { userName: newId(), ...secret })).body;
    const made: [string, Record<string, unknown>, Record<string, unknown>][] = [
      ['/Users', owner, { userName: newId(), ...secret }],
    ];
    for (const [endpoint, body] of [
      ['/Groups', { displayName: newId(), members: [{ value: owner.id }] }],
      ['/Agents', { agentUserName: newId(), owners: [{ value: owner.id }] }],
    ] as const) {
      const { body: resource } = await by.send('POST', endpoint, body);
      made.push([endpoint, resource, body]);
    }
    for (const [endpoint, resource, body] of made) {
      expect(Object.keys(resource).toSorted()).toEqual(['id', 'meta', 'schemas']);
      const path = `${endpoint}/${String(resource['id'])}`;
      const put = await by.send('PUT', `${path}?attributes=userName,title,members`, body);
      expect([put.status, Object.keys(put.body).toSorted()]).toEqual([
        200,
        ['id', 'meta', 'schemas'],
      ]);
      for (const query of ['', '?attributes=title,userName,members', '?excludedAttributes=name']) {
        const Operations = [{ op: 'replace', path: 'externalId', value: newId() }];
        const answer = await by.send('PATCH', `${path}${query}`, { Operations });
        expect([query, answer.status, answer.body]).toEqual([query, 204, null]);
        expect(answer.headers.get('etag')).not.toBeNull();
      }
      expect((await by.send('GET', path)).status).toBe(403);
    }
  });

  it('reads what it may read still', async () => {
    const by = await only('users:write', 'users:read', 'groups:write');
    const { id } = (await by.send('POST', '/Users', { userName: newId(), ...secret })).body;
    const Operations = [{ op: 'replace', path: 'nickName', value: 'x' }];
    const patched = await by.send('PATCH', `/Users/${id}?attributes=title`, { Operations });
    expect(patched).toMatchObject({ status: 200, body: { title: 'Secret' } });
    const group = await by.send('POST', '/Groups', { displayName: newId() });
    expect(group.body).not.toHaveProperty('displayName');
  });
});

describe('the service provider configuration', () => {
  it('is for everybody, since it says how to authenticate, and the rest is not', async () => {
    const shown = await fetch(`${gate.origin}/scim/v2/ServiceProviderConfig`);
    expect([shown.status, shown.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('application/scim+json'),
    ]);
    const config = await shown.json();
    expect(config).toEqual((await client.send('GET', '/ServiceProviderConfig')).body);
    expect(config).toMatchObject({ authenticationSchemes: [{ type: 'oauthbearertoken' }] });
    for (const path of ['Schemas', 'ResourceTypes', 'Users', 'Me'])
      expect([path, (await fetch(`${gate.origin}/scim/v2/${path}`)).status]).toEqual([path, 401]);
  });
});

describe('a manager', () => {
  it('has the name and the address that we know of them, whatever the client says', async () => {
    const boss = await addUser({ displayName: 'Grace Hopper' });
    const said = { value: boss.id, displayName: 'Nobody', $ref: 'https://x.test/1' };
    const { id } = await addUser({ [ENTERPRISE]: { manager: said } });
    const shown = async () => (await client.send('GET', `/Users/${id}`)).body[ENTERPRISE];
    const location = `${gate.origin}/scim/v2/Users/${boss.id}`;
    expect(await shown()).toEqual({
      manager: { value: boss.id, $ref: location, displayName: 'Grace Hopper' },
    });
    await patch(`/Users/${boss.id}`, { op: 'replace', path: 'displayName', value: 'G. Hopper' });
    expect((await shown()).manager.displayName).toBe('G. Hopper');
    const filter = `${ENTERPRISE}:manager.displayName eq "g. hopper"`;
    expect(await find(filter)).toEqual([id]);
    const named = await client.send(
      'GET',
      `/Users/${id}?attributes=${ENTERPRISE}:manager.displayName`,
    );
    expect(named.body[ENTERPRISE]).toEqual({ manager: { displayName: 'G. Hopper' } });
  });

  it('who is nobody’s we know is shown as the client says', async () => {
    const other = await gate.connect();
    const outsider = await addUser({ displayName: 'Not yours' }, other);
    for (const value of [outsider.id, 'e-17', newId()]) {
      const { id } = await addUser({ [ENTERPRISE]: { manager: { value } } });
      const { body } = await client.send('GET', `/Users/${id}`);
      expect(body[ENTERPRISE]).toEqual({ manager: { value } });
    }
  });
});

describe('what Entra and others write differently', () => {
  it('names attributes, operations and booleans in any case, and unknown ones are ignored', async () => {
    const made = await client.send('POST', '/Users', {
      SCHEMAS: [USER],
      USERNAME: newId(),
      ACTIVE: 'True',
      shoeSize: 7,
      Name: { GIVENNAME: 'Ada', shoe: 1 },
      'urn:example:unknown:2.0:User': { x: 1 },
    });
    expect(made).toMatchObject({ status: 201, body: { active: true, name: { givenName: 'Ada' } } });
    const path = `/Users/${made.body.id}`;
    const operations = [
      { OP: 'Replace', Path: 'NAME.familyname', Value: 'King' },
      { op: 'ADD', value: { 'name.middleName': 'B', Title: 'Countess', shoeSize: 8 } },
      { op: 'Replace', path: 'Active', value: 'False' },
      { op: 'Add', path: `${ENTERPRISE.toUpperCase()}:department`, value: 'Engines' },
    ];
    const patched = await client.send('PATCH', path, { operations });
    expect(patched).toMatchObject({ status: 204 });
    const put = { ...made.body, userName: made.body.userName, TITLE: 'x', shoeSize: 9 };
    expect((await client.send('GET', path)).body).toMatchObject({
      active: false,
      title: 'Countess',
      name: { givenName: 'Ada', middleName: 'B', familyName: 'King' },
      [ENTERPRISE]: { department: 'Engines' },
    });
    const replaced = await client.send('PUT', path, put);
    expect(replaced).toMatchObject({ status: 200, body: { title: 'x', active: true } });
    expect(replaced.body).not.toHaveProperty('shoeSize');
  });

  it('takes from a group exactly the members that a remove names', async () => {
    const [ada, bob, eve] = [await addUser(), await addUser(), await addUser()].map(({ id }) => id);
    const members = [ada, bob, eve].map((value) => ({ value }));
    const group = await client.send('POST', '/Groups', { displayName: newId(), members });
    const path = `/Groups/${group.body.id}`;
    const left = async (operation: object) => {
      expect((await patch(path, operation)).status).toBe(204);
      const { body } = await client.send('GET', path);
      return (body.members ?? []).map(({ value }: { value: string }) => value);
    };
    const value = [{ $ref: null, value: ada }];
    expect(await left({ op: 'Remove', path: 'members', value: [] })).toHaveLength(3);
    expect(await left({ op: 'Remove', path: 'members', value })).toEqual([bob, eve].toSorted());
    expect(await left({ op: 'Remove', path: 'members', value: { value: ada } })).toHaveLength(2);
    expect(await left({ op: 'remove', path: `members[value eq "${newId()}"]` })).toHaveLength(2);
    expect(await left({ op: 'remove', path: 'members', value: bob })).toEqual([eve]);
    expect(
      await left({ op: 'add', path: 'members', value: [{ value: eve, display: 'E' }] }),
    ).toEqual([eve]);
    expect(await left({ op: 'remove', path: 'members' })).toEqual([]);
  });
});
