import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { DEFAULT_DATABASE_ROLES, migrate, type ProcessName } from '#libs/platform/db';

/** The roles of every test database, as in production: one migrates, and each process has one. */
export const OWNER_ROLE = 'gatehouse_owner';
/** The role of what is not about one process: it has the rights of all, and those with which tests arrange. */
export const APP_ROLE = 'gatehouse_app';

const PASSWORD = 'test-only';

// What tests do to arrange something, and no process does.
const ARRANGING = [
  `UPDATE ON issuer, team, person, people_group, group_member, scim_user, scim_agent, tool_server,
    unregistered_agent, sign_in_provider, setup_code, access_request, signal_stream, console_session`,
  'INSERT ON outbox, unregistered_agent',
  'DELETE ON setup_code',
];

/** The URL of `database` on the same server as a role, or as the superuser when none is named. */
export const urlOf = (superuserUrl: string, database: string, role?: string): string => {
  const url = new URL(superuserUrl);
  url.pathname = `/${database}`;
  if (role !== undefined) {
    url.username = role;
    url.password = PASSWORD;
  }
  return url.href;
};

/** The same database as the role of a process. */
export const asProcess = (name: ProcessName, databaseUrl: string): string =>
  Object.assign(new URL(databaseUrl), {
    username: DEFAULT_DATABASE_ROLES[name],
    password: PASSWORD,
  }).href;

/** Runs statements one by one as the superuser. */
export const asSuperuser = async (
  url: string,
  ...statements: (string | readonly [sql: string, values: readonly unknown[]])[]
): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) {
      const [sql, values] = typeof statement === 'string' ? [statement] : statement;
      await client.query(sql, values && [...values]);
    }
  } finally {
    await client.end();
  }
};

/** A database name that no other run on the same server has. */
export const newDatabaseName = (): string =>
  `gatehouse_test_${process.pid}_${randomBytes(4).toString('hex')}`;

/** Makes the roles and a migrated database to copy. */
export const createTemplate = async (
  superuserUrl: string,
): Promise<{ name: string; drop: () => Promise<void> }> => {
  const name = newDatabaseName();
  await asSuperuser(
    superuserUrl,
    ...[OWNER_ROLE, APP_ROLE, ...Object.values(DEFAULT_DATABASE_ROLES)].map(createRole),
    `CREATE DATABASE ${name} OWNER ${OWNER_ROLE}`,
  );
  const drop = () => asSuperuser(superuserUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  try {
    await migrate({
      ownerUrl: urlOf(superuserUrl, name, OWNER_ROLE),
      roles: DEFAULT_DATABASE_ROLES,
      sharedRole: APP_ROLE,
      prismaDir: join(import.meta.dirname, '../../../prisma'),
    });
    await asSuperuser(
      urlOf(superuserUrl, name),
      ...ARRANGING.map((right) => `GRANT ${right} TO ${APP_ROLE}`),
    );
    // Prisma's pool keeps an idle connection for 10 s, and a database in use cannot be copied.
    await asSuperuser(
      superuserUrl,
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`,
    );
    return { name, drop };
  } catch (error) {
    await drop();
    throw error;
  }
};

// Another run on the same server may make them at the same moment.
const createRole = (role: string): string => `
  DO $$ BEGIN
    CREATE ROLE ${role} LOGIN PASSWORD '${PASSWORD}';
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$`;
