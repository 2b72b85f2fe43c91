// Filters that find one of all the users, against the plain SELECT for it.
import { inLanes } from './in-lanes.mjs';
import { Figures } from './scim-figures.mjs';

const FILTERS = 100;

const SELECT = 'SELECT * FROM scim_user WHERE connection_id = $1 AND';
const QUERIES = [
  {
    what: 'filter userName eq',
    filter: ({ userName }) => `userName eq "${userName}"`,
    sql: `${SELECT} user_name_folded = $2`,
    value: ({ userName }) => userName.toLowerCase(),
  },
  {
    what: 'filter externalId eq',
    filter: ({ externalId }) => `externalId eq "${externalId}"`,
    sql: `${SELECT} external_id = $2`,
    value: ({ externalId }) => externalId,
  },
  {
    what: 'filter userName co',
    filter: ({ userName }) => `userName co "${userName.slice(5, 12)}"`,
    sql: `${SELECT} user_name ILIKE $2`,
    value: ({ userName }) => `%${userName.slice(5, 12)}%`,
  },
  {
    what: 'filter name.familyName co',
    filter: ({ name }) => `name.familyName co "${name.familyName}"`,
    sql: `${SELECT} attributes #>> '{name,familyName}' ILIKE $2`,
    value: ({ name }) => `%${name.familyName}%`,
  },
];

const findOne = async (scim, filter) => {
  const found = await scim.count('/Users', filter);
  if (found !== 1) throw new Error(`${filter} finds ${found}`);
};

/** Asks in rounds; answers rows of figures. */
export const filterUsers = async ({ scim, each }, users, { rounds, lanes }) => {
  const figures = QUERIES.map(({ what }) => new Figures(what));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, query] of QUERIES.entries()) {
      const asked = Array.from(
        { length: FILTERS },
        (_, at) => users[(at * 97 + round * 13) % users.length],
      );
      const answered = await inLanes(asked, lanes, (user) => findOne(scim, query.filter(user)));
      const values = asked.map((user) => [each.connectionId, query.value(user)]);
      const { seconds } = await each.runEach(query.sql, values);
      figures[index].add({ count: FILTERS, scim: answered, eachSeconds: seconds });
    }
  }
  console.log('SCIM filters: done');
  return figures.map((kind) => kind.row());
};
