// Provisioning 10,000 users and 2,000 groups through SCIM, against the same rows written by plain SQL.
import { inLanes } from './in-lanes.mjs';
import { openPlainTables } from './plain-tables.mjs';
import { openScimClient } from './scim-client.mjs';
import { Figures, HEAD } from './scim-figures.mjs';
import { filterUsers } from './scim-filters.mjs';
import { newGroup, newUser, rowsOfGroup, rowsOfMember, rowsOfUser } from './scim-data.mjs';
import { runSql } from './scratch-database.mjs';
import { table } from './statistics.mjs';

const ROUNDS = 5;
const LANES = 8;
const USERS = 10_000;
const BULK_USERS = 2000;
const GROUPS = 2000;
const BULK_SIZE = 100;
/** Of each round. */
const SINGLE_CHANGES = 200;
const MANY_CHANGES = 20;
const MANY_SIZE = 100;

const range = (from, count, make) =>
  Array.from({ length: count }, (_, index) => make(from + index));
const chunks = (items, size) =>
  range(0, Math.ceil(items.length / size), (index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** Creates in rounds, one by one and in bulk; answers the figures and the ids. */
const createUsers = async ({ scim, each, many }) => {
  const single = new Figures('create a User');
  const bulk = new Figures(`create Users by Bulk, ${BULK_SIZE} at once`);
  const users = [];
  const store = async (figures, resources, answer, ids) => {
    const rows = (plain) =>
      resources.map((user, i) => rowsOfUser(user, ids[i], plain.connectionId));
    figures.add({
      count: resources.length,
      scim: answer,
      eachSeconds: await each.insertEach(rows(each)),
      manySeconds: await many.insertMany(rows(many)),
    });
    users.push(...resources.map((user, index) => ({ ...user, id: ids[index] })));
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const one = range(users.length, (USERS - BULK_USERS) / ROUNDS, newUser);
    const created = await inLanes(one, LANES, (user) => scim.create('/Users', user));
    await store(single, one, created, created.results);
    const lot = range(users.length, BULK_USERS / ROUNDS, newUser);
    const made = await inLanes(chunks(lot, BULK_SIZE), 1, (part) => scim.createAll('/Users', part));
    await store(bulk, lot, made, made.results.flat());
    console.log(`SCIM users, round ${round + 1} of ${ROUNDS}`);
  }
  return { users, rows: [single.row(), bulk.row()] };
};

const createGroups = async ({ scim, each, many }) => {
  const figures = new Figures('create a Group');
  const ids = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const groups = range(ids.length, GROUPS / ROUNDS, newGroup);
    const created = await inLanes(groups, LANES, (group) => scim.create('/Groups', group));
    const rows = (plain) =>
      groups.map((group, i) => rowsOfGroup(group, created.results[i], plain.connectionId));
    figures.add({
      count: groups.length,
      scim: created,
      eachSeconds: await each.insertEach(rows(each)),
      manySeconds: await many.insertMany(rows(many)),
    });
    ids.push(...created.results);
  }
  console.log('SCIM groups: done');
  return { groups: ids, rows: [figures.row()] };
};

const DELETE_ONE = 'DELETE FROM group_member WHERE group_id = $1 AND person_id = $2';
const DELETE_MANY = 'DELETE FROM group_member WHERE group_id = $1 AND person_id = ANY($2::uuid[])';

/** Adds `size` members to each of these groups and takes them out again, counted in members. */
const moveMembers = async ({ scim, each, many }, changes, { adding, removing }) => {
  const members = changes.flatMap(({ groupId, ids }) =>
    ids.map((personId) => ({ groupId, personId })),
  );
  const count = members.length;
  const size = count / changes.length;
  const patch = (op) =>
    inLanes(changes, LANES, ({ groupId, ids }) => scim.patchMembers(groupId, op, ids));
  const rows = members.map(rowsOfMember);
  adding.add({
    count,
    scim: await patch('add'),
    eachSeconds: await each.insertEach(rows),
    ...(size > 1 ? { manySeconds: await many.insertMany(rows, size) } : {}),
  });
  const pairs = members.map(({ groupId, personId }) => [groupId, personId]);
  const removed = await patch('remove');
  const plain = await each.runEach(DELETE_ONE, pairs);
  const lists = changes.map(({ groupId, ids }) => [groupId, ids]);
  removing.add({
    count,
    scim: removed,
    eachSeconds: plain.seconds,
    ...(size > 1 ? { manySeconds: (await many.runEach(DELETE_MANY, lists)).seconds } : {}),
  });
};

const changeMembership = async (sides, users, groups) => {
  const figures = {
    one: { adding: new Figures('add a member'), removing: new Figures('remove a member') },
    lot: {
      adding: new Figures(`add members, ${MANY_SIZE} in a PATCH`),
      removing: new Figures(`remove members, ${MANY_SIZE} in a PATCH`),
    },
  };
  const change = (size) => (index) => ({
    groupId: groups[index % groups.length],
    ids: range(index * size, size, (at) => users[at % users.length].id),
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    const singles = range(round * SINGLE_CHANGES, SINGLE_CHANGES, change(1));
    await moveMembers(sides, singles, figures.one);
    const lots = range(round * MANY_CHANGES, MANY_CHANGES, change(MANY_SIZE));
    await moveMembers(sides, lots, figures.lot);
  }
  console.log('SCIM membership: done');
  const { one, lot } = figures;
  return [one.adding, one.removing, lot.adding, lot.removing].map((kind) => kind.row());
};

/** The section of docs/performance.md. */
export const scimSection = async (installation) => {
  const { urls } = installation;
  const scim = openScimClient(installation, LANES);
  const each = await openPlainTables(urls, 'bench_plain_each', LANES);
  const many = await openPlainTables(urls, 'bench_plain_many', LANES);
  const sides = { scim, each, many };
  try {
    const { users, rows: userRows } = await createUsers(sides);
    const { groups, rows: groupRows } = await createGroups(sides);
    const memberRows = await changeMembership(sides, users, groups);
    await runSql(urls.superuserUrl, 'ANALYZE');
    await each.analyse();
    const filterRows = await filterUsers(sides, users, { rounds: ROUNDS, lanes: LANES });
    return `## SCIM: ${USERS.toLocaleString('en')} users and ${GROUPS.toLocaleString('en')} groups, against the same rows written plainly

Through HTTP with a SCIM token on the API of the whole installation in one process, ${LANES} requests at a time
(Bulk: one); each request is a command with its ledger entry in one transaction, and a change of members moves the
epoch. Beside it the same rows into the same tables of another database on the same server: one statement and
one commit for each row on ${LANES} connections, and many rows in a statement (1,000; members ${MANY_SIZE}) on one for INSERT.
Counted in users, groups, members or queries; medians of ${ROUNDS} rounds, interleaved, in brackets the least and the
greatest. A filter finds one of all the users, and stands against the plain SELECT for it.

${table(HEAD, [...userRows, ...groupRows, ...memberRows, ...filterRows])}
`;
  } finally {
    await scim.close();
    await each.close();
    await many.close();
  }
};
