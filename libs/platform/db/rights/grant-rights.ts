import pg from 'pg';
import { ADVISORY_LOCKS } from '../advisory-locks.js';
import { COLUMN_VERBS, type Columns, type DatabaseRights } from './database-rights.js';
import { PROCESS_NAMES, rightsOf, type ProcessName } from './process-rights.js';

/** The database role of each process, by name. */
export type DatabaseRoles = Readonly<Record<ProcessName, string>>;

/** The names that a database administrator gives them unless told otherwise. */
export const DEFAULT_DATABASE_ROLES: DatabaseRoles = {
  api: 'gatehouse_api',
  gateway: 'gatehouse_gateway',
  worker: 'gatehouse_worker',
};

/** Which processes' rights each role gets; `sharedRole`, if it is none of the three, gets those of all. */
export const processesByRole = (
  roles: DatabaseRoles,
  sharedRole: string | null,
): ReadonlyMap<string, readonly ProcessName[]> => {
  const found = new Map<string, ProcessName[]>();
  for (const name of PROCESS_NAMES)
    found.set(roles[name], [...(found.get(roles[name]) ?? []), name]);
  if (sharedRole !== null && !found.has(sharedRole)) found.set(sharedRole, [...PROCESS_NAMES]);
  return found;
};

const grantsOf = ({ tables, functions }: DatabaseRights): string[] => [
  'USAGE ON SCHEMA public',
  ...Object.entries(tables).flatMap(([table, rights]) => [
    ...COLUMN_VERBS.flatMap((verb) => grantOf(verb, rights[verb], table)),
    ...(rights.delete ? [`DELETE ON ${table}`] : []),
  ]),
  ...functions.map((name) => `EXECUTE ON FUNCTION ${name}`),
];

const grantOf = (verb: string, columns: Columns | undefined, table: string): string[] => {
  if (columns === undefined) return [];
  return [
    `${verb.toUpperCase()}${columns === 'all' ? '' : ` (${columns.join(', ')})`} ON ${table}`,
  ];
};

/**
 * Gives the role of each process exactly its rights, taking away what an older version had given. A role
 * that is not there is left out; `sharedRole` gets the rights of all when it is none of the three.
 */
export const grantRights = async (
  ownerUrl: string,
  roles: DatabaseRoles,
  sharedRole: string | null,
): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    // Processes that migrate at once would trip over each other's updates of the catalogue.
    await client.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.databaseRights]);
    await client.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
    await client.query('REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC');
    for (const [role, processes] of processesByRole(roles, sharedRole))
      if (role === sharedRole || (await isThere(client, role)))
        await grantOnly(client, role, rightsOf(processes));
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
};

const isThere = async (client: pg.Client, role: string): Promise<boolean> =>
  (await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])).rowCount === 1;

const grantOnly = async (
  client: pg.Client,
  role: string,
  rights: DatabaseRights,
): Promise<void> => {
  const name = client.escapeIdentifier(role);
  await client.query(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${name}`);
  await client.query(`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM ${name}`);
  for (const grant of grantsOf(rights)) await client.query(`GRANT ${grant} TO ${name}`);
};
