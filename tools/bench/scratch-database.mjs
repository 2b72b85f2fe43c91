// Databases of the bench's own beside the installation's, on the same server and with the same roles.
import pg from 'pg';
import { inRoot } from '../lib/paths.mjs';
import { builtLib } from './built.mjs';

const at = (url, database) => Object.assign(new URL(url), { pathname: `/${database}` }).href;

/** Runs statements one by one on a connection of their own. */
export const runSql = async (connectionString, ...statements) => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

const TEMPLATE = 'bench_template';
let template;

const makeTemplate = async ({ superuserUrl, ownerUrl, appUrl }) => {
  const { DEFAULT_DATABASE_ROLES, migrate } = await builtLib('platform/db');
  const owner = new URL(ownerUrl).username;
  await runSql(superuserUrl, `CREATE DATABASE ${TEMPLATE} OWNER ${owner}`);
  await migrate({
    ownerUrl: at(ownerUrl, TEMPLATE),
    roles: DEFAULT_DATABASE_ROLES,
    sharedRole: new URL(appUrl).username,
    prismaDir: inRoot('prisma'),
  });
  // A pool of the migration's keeps idle connections, and a database in use cannot be copied.
  await runSql(
    superuserUrl,
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${TEMPLATE}'`,
  );
  return owner;
};

/** A migrated, empty database called `name`; `drop` removes it. */
export const scratchDatabase = async (urls, name) => {
  template ??= makeTemplate(urls);
  const owner = await template;
  await runSql(urls.superuserUrl, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER ${owner}`);
  return {
    appUrl: at(urls.appUrl, name),
    ownerUrl: at(urls.ownerUrl, name),
    superuserUrl: at(urls.superuserUrl, name),
    drop: () => runSql(urls.superuserUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
};
