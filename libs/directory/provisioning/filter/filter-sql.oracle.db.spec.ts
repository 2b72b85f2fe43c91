import { createTestDatabase, type TestDatabase } from '#libs/dev/testing';
import { Database } from '#libs/platform/db';
import { newId, type JsonObject } from '#libs/platform/kernel';
import fc from 'fast-check';
import { filter as oracleFilter, parse } from 'scim2-parse-filter';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPage } from '../resource/page.sql.js';
import { readResource } from '../resource/read-resource.js';
import { ENTERPRISE_URN, USER, USER_URN } from '../schema/user.js';
import { toUserColumns } from '../users/user.columns.js';
import { USERS } from '../users/users.sql.js';
import type { AttributePath, Filter } from './filter.js';
import { filtersOf, leavesOf, tokensOfFilter } from './filter-arbitraries.fixture.js';

const USERS_THERE = 24;

let database: TestDatabase;
let db: Database;
const connectionId = newId();
const users = new Map<string, JsonObject>();

// Every attribute that is asked about is there, and no letter is a capital: there the two agree.
const userAt = (index: number): JsonObject => {
  const pick = (...words: string[]) => words[index % words.length] ?? '';
  const email = (type: string, primary: boolean) => ({
    value: `${pick('a', 'b', 'é', 'ab', 'b_', '%')}@${type}.test`,
    type,
    display: pick('a', 'ab', 'b', 'é'),
    primary,
  });
  return {
    userName: `user-${String(index).padStart(2, '0')}`,
    externalId: pick('e1', 'e2', 'e3', 'e4', 'e5'),
    displayName: pick('a', 'ab', 'b'),
    title: pick('a', 'b', 'é', 'ab%', '_'),
    active: index % 3 !== 0,
    name: { givenName: pick('a', 'b'), familyName: pick('a', 'b', 'ab', 'é') },
    emails: [email('work', index % 2 === 0), ...(index % 4 === 0 ? [email('home', false)] : [])],
    phoneNumbers: [
      {
        value: pick('1', '12', '2'),
        type: pick('a', 'b'),
        display: pick('a', 'b', 'ab'),
        primary: index % 2 === 1,
      },
    ],
    [ENTERPRISE_URN]: { department: pick('a', 'b', 'ab'), employeeNumber: pick('1', '2', '10') },
  };
};

const add = async (resource: JsonObject): Promise<string> => {
  const { person, active, ...columns } = toUserColumns(readResource(USER, resource));
  const personId = newId();
  const now = new Date();
  const disabledAt = active === false ? now : null;
  await db.person.create({ data: { ...person, id: personId, createdAt: now, disabledAt } });
  const times = { createdAt: now, updatedAt: now };
  await db.scimUser.create({
    data: { ...columns, ...times, personId, connectionId, active: active ?? true },
  });
  users.set(personId, resource);
  return personId;
};

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database(database.appUrl);
  const connection = { name: 'oracle', kind: 'other', createdAt: new Date() } as const;
  await db.scimConnection.create({ data: { ...connection, id: connectionId } });
  for (let index = 0; index < USERS_THERE; index += 1) await add(userAt(index));
});

afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const ours = async (filter: string): Promise<string[]> => {
  const page = { connectionId, filter, sortBy: undefined, descending: false };
  const { positions } = await readPage(db, USERS, { ...page, count: 100, skip: 0, after: null });
  return positions.map(({ id }) => id).toSorted();
};

const theirs = (filter: string): string[] => {
  const isMatch = oracleFilter(parse(filter));
  return [...users].flatMap(([id, user]) => (isMatch(user) ? [id] : [])).toSorted();
};

const paths = fc.constantFrom<AttributePath>(
  { urn: null, name: 'userName', sub: null },
  { urn: null, name: 'externalId', sub: null },
  { urn: null, name: 'displayName', sub: null },
  { urn: null, name: 'TITLE', sub: null },
  { urn: null, name: 'name', sub: 'givenName' },
  { urn: null, name: 'name', sub: 'familyName' },
  { urn: null, name: 'emails', sub: 'value' },
  { urn: null, name: 'emails', sub: 'type' },
  { urn: ENTERPRISE_URN, name: 'department', sub: null },
  { urn: ENTERPRISE_URN, name: 'employeeNumber', sub: null },
);
const words = fc.constantFrom('a', 'b', 'ab', 'é', '%', '_', '', '1', 'e3', 'user-07', 'work', '@');
const booleanAt = (path: AttributePath) =>
  fc.record<Filter & { kind: 'compare' }>({
    kind: fc.constant('compare'),
    path: fc.constant(path),
    operator: fc.constantFrom('eq', 'ne'),
    value: fc.boolean(),
  });
const partPaths = fc
  .constantFrom('value', 'type', 'display')
  .map((name): AttributePath => ({ urn: null, name, sub: null }));
const partLeaves = fc.oneof(
  leavesOf(partPaths, words),
  booleanAt({ urn: null, name: 'primary', sub: null }),
);
const within = (name: string, filter: fc.Arbitrary<Filter>) =>
  fc.record<Filter & { kind: 'within' }>({
    kind: fc.constant('within'),
    path: fc.constant({ urn: null, name, sub: null }),
    filter,
  });
const filters = filtersOf(
  fc.oneof(
    { weight: 5, arbitrary: leavesOf(paths, words) },
    { weight: 1, arbitrary: booleanAt({ urn: null, name: 'active', sub: null }) },
    { weight: 1, arbitrary: within('emails', partLeaves) },
    // Of one value only: the oracle asks each condition of any value (see what differs).
    { weight: 2, arbitrary: within('phoneNumbers', filtersOf(partLeaves)) },
  ),
);

describe('scim2-parse-filter', () => {
  it('finds the same people as the database does', async () => {
    const found = new Set<number>();
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const text = tokensOfFilter(filter).join(' ');
        const ids = await ours(text);
        expect([text, ids]).toEqual([text, theirs(text)]);
        found.add(ids.length);
      }),
      { numRuns: 400 },
    );
    expect(found.size).toBeGreaterThan(5);
  });

  it.each([
    ['emails.type ne "work"', 6],
    ['emails.value ne "a@work.test"', 22],
    ['emails[type eq "home"]', 6],
    ['title co "%"', 5],
    ['title sw "_"', 4],
    ['userName gt "user-20" or userName le "user-02"', 6],
    [`not (${ENTERPRISE_URN}:employeeNumber eq "10") and active eq true`, 8],
  ])('finds as many by %s', async (filter, count) => {
    expect(await ours(filter)).toEqual(theirs(filter));
    expect(theirs(filter)).toHaveLength(count);
  });

  it('differs from us still: RFC 7644 §3.4.2.2: what stands in brackets is asked of one value', async () => {
    const filter = 'emails[type eq "home" and primary eq true]';
    expect(await ours(filter)).toEqual([]);
    expect(theirs(filter)).not.toEqual([]);
    const negated = 'emails[not (type eq "home")]';
    expect(await ours(negated)).toHaveLength(USERS_THERE);
    expect(theirs(negated).length).toBeLessThan(USERS_THERE);
  });

  // What is found of somebody who lacks most attributes and whose letters are capitals.
  it.each([
    ['RFC 7643 §2.2: text is compared in any case', 'title eq "ENGINEER"', true],
    ['RFC 7643 §2.2, also its beginning', 'title sw "eng"', true],
    ['RFC 7643 §2.5: an attribute without a value equals null', 'nickName eq null', true],
    ['RFC 7644 §3.4.2.2: what is not there equals no text', 'nickName ne "x"', true],
    ['RFC 7644 §3.4.2.2, the same of a list without values', 'emails.type ne "x"', true],
    ['RFC 7643 §2.4: a name of a list means its values', 'phoneNumbers eq "+44 1"', true],
    ['RFC 7644 §3.10: the core schema’s URN names its attributes', `${USER_URN}:title pr`, true],
  ])('differs from us still: %s', async (_why, filter, isFound) => {
    const id = await add({
      userName: 'Sparse',
      title: 'Engineer',
      active: true,
      phoneNumbers: [{ value: '+44 1' }],
    });
    const [here, there] = [await ours(filter), theirs(filter)];
    users.delete(id);
    await db.scimUser.delete({ where: { personId: id } });
    expect([here.includes(id), there.includes(id)]).toEqual([isFound, !isFound]);
  });
});
