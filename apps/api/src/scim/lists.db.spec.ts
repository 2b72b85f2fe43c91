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

const find = (query: Record<string, string>, by = client) =>
  by.send('GET', `/Users?${new URLSearchParams(query).toString()}`);

describe('a list of Users', () => {
  let by: TestScimClient;
  beforeAll(async () => {
    by = await gate.connect();
    for (const [index, nick] of ['Zoe', 'ada', 'Ärger', 'bob%', 'b_b'].entries()) {
      await addUser(
        {
          userName: `list-${nick}`,
          nickName: nick,
          externalId: `E${index}`,
          active: index !== 3,
          emails: [
            { value: `${nick}@work.test`, type: 'work' },
            { value: `${nick}@home.test`, type: 'home', primary: true },
          ],
          ...(index === 0 ? {} : { title: `T${index}` }),
          [ENTERPRISE]: { employeeNumber: `${index}`, department: 'R&D' },
        },
        by,
      );
    }
  });

  it.each([
    ['nickName eq "ADA"', 1],
    ['nickName eq "äRGER"', 1],
    ['NICKNAME Eq "ada"', 1],
    [`${USER}:nickName eq "ada"`, 1],
    ['externalId eq "E1"', 1],
    ['externalId eq "e1"', 0],
    ['nickName co "%"', 1],
    ['nickName co "_"', 1],
    ['nickName sw "B"', 2],
    ['nickName ew "B"', 1],
    ['nickName ne "ada"', 4],
    ['title pr', 4],
    ['not (title pr)', 1],
    ['title ne "T1"', 4],
    ['title eq null', 1],
    ['title gt "T2"', 2],
    ['title le "t2"', 2],
    ['active eq true', 4],
    ['active eq "False"', 1],
    ['not (active eq false) and title pr', 3],
    ['emails eq "ada@work.test"', 1],
    ['emails.value sw "ada@"', 1],
    ['emails[type eq "work" and value co "@home"]', 0],
    ['emails[type eq "home" and primary eq true]', 5],
    ['emails[type eq "work" and not (value sw "a")] or nickName eq "ada"', 5],
    ['emails.type ne "work"', 5],
    ['emails.type ne "work" and not (emails.type eq "work")', 0],
    ['phoneNumbers.type ne "work"', 5],
    [`${ENTERPRISE}:employeeNumber eq "2"`, 1],
    [`${ENTERPRISE}:department eq "r&d" and ${ENTERPRISE}:manager pr`, 0],
    ['meta.created gt "2020-01-01T00:00:00Z"', 5],
    ['meta.lastModified lt "2020-01-01T00:00:00Z"', 0],
    ['id eq "not-an-id"', 0],
    ['groups.value pr', 0],
    ['userName sw "list-" and (externalId eq "E0" or externalId eq "E4")', 2],
  ])('finds by %s', async (filter, total) => {
    const found = await find({ filter }, by);
    expect(found).toMatchObject({ status: 200, body: { totalResults: total } });
    expect(found.body.Resources).toHaveLength(total);
  });

  it.each([
    'roles pr',
    'password eq "x"',
    'person.roles eq "it"',
    'person_id eq "x"',
    'u.person_id pr',
    '__proto__ pr',
    'meta.version eq "W/\\"1\\""',
    'disabledAt pr',
    'connectionId pr',
    'active gt true',
    'active eq 7',
    'title eq 7',
    'meta.created eq "yesterday"',
    'name eq "x"',
    'emails[roles eq "x"]',
    "title eq 'x'",
    'title eq "\\u0000"',
  ])('does not ask %s', async (filter) => {
    const { body } = await find({ filter }, by);
    expect(body).toMatchObject({ schemas: [ERROR], status: '400', scimType: 'invalidFilter' });
  });

  it('is sorted, missing values last, and first when turned round', async () => {
    const titles = async (sortOrder: string) =>
      (await find({ sortBy: 'title', sortOrder, attributes: 'title' }, by)).body.Resources.map(
        ({ title }: { title?: string }) => title,
      );
    expect(await titles('ascending')).toEqual(['T1', 'T2', 'T3', 'T4', undefined]);
    expect(await titles('descending')).toEqual([undefined, 'T4', 'T3', 'T2', 'T1']);
    const byEmail = await find({ sortBy: 'emails.value', attributes: 'nickName' }, by);
    expect(byEmail.body.Resources[0].nickName).toBe('ada');
  });

  it('is paged by index', async () => {
    const page = await find({ startIndex: '4', count: '10', sortBy: 'userName' }, by);
    expect(page.body).toMatchObject({ totalResults: 5, startIndex: 4, itemsPerPage: 2 });
    expect((await find({ count: '0' }, by)).body).toMatchObject({ totalResults: 5, Resources: [] });
    expect((await find({ startIndex: '-3', count: '-1' }, by)).body.startIndex).toBe(1);
    expect((await find({ count: 'many' }, by)).body.status).toBe('400');
  });

  it.each(['', 'title', 'userName', 'meta.created'])(
    'is paged by cursor, sorted by "%s"',
    async (sortBy) => {
      for (const sortOrder of ['ascending', 'descending']) {
        const query = { sortBy, sortOrder, count: '2' };
        const whole = await find({ ...query, count: '10' }, by);
        const ids: string[] = [];
        let cursor: string | undefined = '';
        while (cursor !== undefined) {
          const { body } = await find({ ...query, cursor }, by);
          ids.push(...body.Resources.map(({ id }: { id: string }) => id));
          cursor = body.nextCursor as string | undefined;
        }
        expect(ids).toEqual(whole.body.Resources.map(({ id }: { id: string }) => id));
      }
    },
  );

  it('takes a cursor only back from the same token, for the same question, in time', async () => {
    const { body } = await find({ cursor: '', count: '2' }, by);
    const cursor = body.nextCursor as string;
    expect((await find({ cursor, count: '3' }, by)).status).toBe(200);
    for (const answer of [
      await find({ cursor, filter: 'title pr' }, by),
      await find({ cursor, sortBy: 'title' }, by),
      await find({ cursor }, client),
      await find({ cursor: `${cursor}x` }, by),
    ])
      expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidCursor' });
    gate.pass(3_700_000);
    expect((await find({ cursor }, by)).body).toMatchObject({ scimType: 'expiredCursor' });
    gate.pass(-3_700_000);
  });

  it('shows the attributes that are asked for, and never leaves the id out', async () => {
    const search = await by.send('POST', '/Users/.search', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter: 'externalId eq "E1"',
      attributes: ['name.givenName', 'emails.type', `${ENTERPRISE}:department`],
    });
    expect(search.status).toBe(200);
    expect(search.body.Resources).toEqual([
      {
        schemas: [USER, ENTERPRISE],
        id: expect.any(String) as string,
        name: { givenName: 'Ada' },
        emails: [{ type: 'work' }, { type: 'home' }],
        [ENTERPRISE]: { department: 'R&D' },
      },
    ]);
    const excluded = await find(
      { excludedAttributes: 'id,schemas,emails,name.givenName,meta' },
      by,
    );
    const [first] = excluded.body.Resources;
    expect(first).toMatchObject({
      id: expect.any(String) as string,
      name: { familyName: 'Lovelace' },
    });
    for (const gone of ['emails', 'meta']) expect(first).not.toHaveProperty(gone);
    expect(first.name).not.toHaveProperty('givenName');
  });
});
