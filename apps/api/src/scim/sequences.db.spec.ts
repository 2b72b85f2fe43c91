import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startScimGate, type ScimGate, type TestScimClient } from './scim.fixture.js';

// What Entra's and Okta's provisioning send, one request after the other, as they document it.

const CORE = 'urn:ietf:params:scim:schemas:core:2.0';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];

let gate: ScimGate;
let client: TestScimClient;
beforeAll(async () => {
  gate = await startScimGate();
});
beforeEach(async () => {
  client = await gate.connect();
});
afterAll(() => gate.close());

interface Request {
  send: [method: string, path: string, body?: object];
  status: number;
  answer?: object;
  /** Keeps the id of the answer under this name, for `{name}` in what comes after. */
  as?: string;
}

const play = async (requests: readonly Request[]): Promise<void> => {
  const ids: Record<string, string> = {};
  const fill = <T>(value: T): T =>
    JSON.parse(
      JSON.stringify(value).replaceAll(/\{(\w+)\}/g, (whole, name: string) => ids[name] ?? whole),
    ) as T;
  for (const { send, status, answer, as } of requests) {
    const [method, path, body] = fill(send);
    const reply = await client.send(
      method,
      path.replaceAll(' ', '%20').replaceAll('"', '%22'),
      body,
    );
    expect(reply, `${method} ${path}`).toMatchObject({ status });
    if (answer !== undefined) expect(reply.body, `${method} ${path}`).toMatchObject(fill(answer));
    if (as !== undefined) ids[as] = reply.body.id as string;
  }
};

describe('Entra', () => {
  it('tests the connection, provisions a user, changes them and takes them away', () =>
    play([
      {
        send: ['GET', '/Users?filter=userName eq "0b8c4a40-no-such-user"'],
        status: 200,
        answer: { totalResults: 0, Resources: [] },
      },
      {
        send: [
          'POST',
          '/Users',
          {
            schemas: [`${CORE}:User`, ENTERPRISE],
            externalId: 'mailnick',
            userName: 'mail@entra.test',
            active: true,
            displayName: 'Ada Lovelace',
            emails: [{ primary: true, type: 'work', value: 'mail@entra.test' }],
            meta: { resourceType: 'User' },
            name: { formatted: 'Ada Lovelace', familyName: 'Lovelace', givenName: 'Ada' },
            roles: [],
          },
        ],
        status: 201,
        as: 'user',
      },
      {
        send: ['GET', '/Users?filter=externalId eq "mailnick"'],
        status: 200,
        answer: { totalResults: 1, Resources: [{ id: '{user}' }] },
      },
      {
        send: [
          'PATCH',
          '/Users/{user}',
          {
            schemas: PATCH,
            Operations: [
              { op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@entra.test' },
              { op: 'Add', path: 'emails[type eq "other"].value', value: 'other@entra.test' },
              { op: 'Replace', path: 'name.familyName', value: 'King' },
              { op: 'Add', path: `${ENTERPRISE}:department`, value: 'Engines' },
              { op: 'Add', path: `${ENTERPRISE}:manager`, value: '{user}' },
              { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+44 1' },
              { op: 'Replace', path: 'active', value: 'True' },
            ],
          },
        ],
        status: 204,
      },
      {
        send: ['GET', '/Users/{user}'],
        status: 200,
        answer: {
          active: true,
          name: { familyName: 'King', givenName: 'Ada' },
          emails: [
            { primary: true, type: 'work', value: 'new@entra.test' },
            { type: 'other', value: 'other@entra.test' },
          ],
          phoneNumbers: [{ type: 'mobile', value: '+44 1' }],
          [ENTERPRISE]: { department: 'Engines', manager: { value: '{user}' } },
        },
      },
      {
        send: [
          'PATCH',
          '/Users/{user}',
          {
            schemas: PATCH,
            Operations: [
              {
                op: 'Add',
                value: {
                  [`${ENTERPRISE}:department`]: 'Looms',
                  'name.givenName': 'Augusta',
                  'emails[type eq "work"].value': 'loom@entra.test',
                },
              },
              { op: 'Remove', path: `${ENTERPRISE}:manager` },
            ],
          },
        ],
        status: 204,
      },
      {
        send: ['GET', '/Users/{user}?attributes=name.givenName,emails'],
        status: 200,
        answer: { name: { givenName: 'Augusta' }, emails: [{ value: 'loom@entra.test' }, {}] },
      },
      {
        send: [
          'PATCH',
          '/Users/{user}',
          { schemas: PATCH, Operations: [{ op: 'Replace', path: 'active', value: 'False' }] },
        ],
        status: 204,
      },
      { send: ['GET', '/Users/{user}'], status: 200, answer: { active: false } },
      { send: ['DELETE', '/Users/{user}'], status: 204 },
    ]));

  it('provisions a group without reading its members', () =>
    play([
      { send: ['POST', '/Users', { userName: 'member@entra.test' }], status: 201, as: 'user' },
      {
        send: [
          'POST',
          '/Groups',
          {
            schemas: [
              `${CORE}:Group`,
              'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
            ],
            externalId: '8aa1a0c0',
            displayName: 'Entra group',
            meta: { resourceType: 'Group' },
          },
        ],
        status: 201,
        as: 'group',
      },
      {
        send: ['GET', '/Groups?excludedAttributes=members&filter=displayName eq "Entra group"'],
        status: 200,
        answer: { totalResults: 1, Resources: [{ id: '{group}' }] },
      },
      {
        send: ['GET', '/Groups?filter=id eq "{group}" and members eq "{user}"'],
        status: 200,
        answer: { totalResults: 0 },
      },
      {
        send: [
          'PATCH',
          '/Groups/{group}',
          {
            schemas: PATCH,
            Operations: [{ op: 'Add', path: 'members', value: [{ $ref: null, value: '{user}' }] }],
          },
        ],
        status: 204,
      },
      {
        send: ['GET', '/Groups?filter=id eq "{group}" and members eq "{user}"'],
        status: 200,
        answer: { totalResults: 1 },
      },
      {
        send: [
          'PATCH',
          '/Groups/{group}',
          {
            schemas: PATCH,
            Operations: [
              { op: 'Replace', path: 'displayName', value: 'Renamed' },
              { op: 'Remove', path: 'members', value: [{ $ref: null, value: '{user}' }] },
            ],
          },
        ],
        status: 204,
      },
      { send: ['GET', '/Groups/{group}'], status: 200, answer: { displayName: 'Renamed' } },
      { send: ['DELETE', '/Groups/{group}'], status: 204 },
    ]));
});

describe('Okta', () => {
  it('provisions by PUT, deactivates by PATCH, and reactivates', () =>
    play([
      {
        send: ['GET', '/Users?filter=userName eq "Ada@Okta.test"&startIndex=1&count=100'],
        status: 200,
        answer: { totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] },
      },
      {
        send: [
          'POST',
          '/Users',
          {
            schemas: [`${CORE}:User`],
            userName: 'Ada@Okta.test',
            name: { givenName: 'Ada', familyName: 'Lovelace' },
            emails: [{ primary: true, value: 'ada@okta.test', type: 'work' }],
            displayName: 'Ada Lovelace',
            locale: 'en-US',
            externalId: '00ujl29u0le5T6Aj10h7',
            groups: [],
            password: '1mz050nq',
            active: true,
          },
        ],
        status: 201,
        as: 'user',
      },
      {
        send: ['GET', '/Users?filter=userName eq "ada@okta.test"'],
        status: 200,
        answer: { totalResults: 1, Resources: [{ id: '{user}', userName: 'Ada@Okta.test' }] },
      },
      {
        send: [
          'PUT',
          '/Users/{user}',
          {
            schemas: [`${CORE}:User`],
            id: '{user}',
            userName: 'Ada@Okta.test',
            name: { givenName: 'Augusta', familyName: 'Lovelace' },
            emails: [{ primary: true, value: 'ada@okta.test', type: 'work', display: 'x' }],
            active: true,
            groups: [],
            meta: { resourceType: 'User' },
          },
        ],
        status: 200,
        answer: { id: '{user}', name: { givenName: 'Augusta' } },
      },
      {
        send: [
          'PATCH',
          '/Users/{user}',
          { schemas: PATCH, Operations: [{ op: 'replace', value: { active: false } }] },
        ],
        status: 204,
      },
      { send: ['GET', '/Users/{user}'], status: 200, answer: { active: false } },
      {
        send: [
          'PATCH',
          '/Users/{user}',
          { schemas: PATCH, Operations: [{ op: 'replace', value: { active: true } }] },
        ],
        status: 204,
      },
      { send: ['GET', '/Users/{user}'], status: 200, answer: { active: true } },
    ]));

  it('pushes groups', () =>
    play([
      { send: ['POST', '/Users', { userName: 'one@okta.test' }], status: 201, as: 'one' },
      { send: ['POST', '/Users', { userName: 'two@okta.test' }], status: 201, as: 'two' },
      {
        send: ['POST', '/Groups', { schemas: [`${CORE}:Group`], displayName: 'Okta', members: [] }],
        status: 201,
        as: 'group',
      },
      {
        send: [
          'PATCH',
          '/Groups/{group}',
          {
            schemas: PATCH,
            Operations: [
              { op: 'replace', value: { id: '{group}', displayName: 'Okta pushed' } },
              { op: 'add', path: 'members', value: [{ value: '{one}', display: 'one@okta.test' }] },
              { op: 'add', path: 'members', value: [{ value: '{two}', display: 'two@okta.test' }] },
              { op: 'remove', path: 'members[value eq "{one}"]' },
            ],
          },
        ],
        status: 204,
      },
      {
        send: ['GET', '/Groups/{group}'],
        status: 200,
        answer: { displayName: 'Okta pushed', members: [{ value: '{two}' }] },
      },
      {
        send: [
          'PATCH',
          '/Groups/{group}',
          {
            schemas: PATCH,
            Operations: [{ op: 'replace', path: 'members', value: [{ value: '{one}' }] }],
          },
        ],
        status: 204,
      },
      {
        send: ['GET', '/Groups?filter=displayName eq "okta PUSHED"'],
        status: 200,
        answer: { totalResults: 1, Resources: [{ members: [{ value: '{one}' }] }] },
      },
      { send: ['DELETE', '/Groups/{group}'], status: 204 },
    ]));
});
