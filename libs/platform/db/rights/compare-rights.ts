import pg from 'pg';
import { COLUMN_VERBS, type Columns, type TableRights } from './database-rights.js';
import { rightsOf, type ProcessName } from './process-rights.js';

/** How the role of a connection differs from what its process uses, one line a right. */
export interface RightsDifference {
  readonly role: string;
  /** What it may do beyond. */
  readonly excess: readonly string[];
  readonly missing: readonly string[];
}

// What it may do with each column, table, function and schema, by whatever way it came to it.
const RIGHTS_SQL = `
  SELECT p.verb || ' ' || c.relname || '.' || a.attname AS line
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped,
    (VALUES ('SELECT'), ('INSERT'), ('UPDATE')) AS p(verb)
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
    AND has_column_privilege(c.oid, a.attnum, p.verb)
  UNION ALL SELECT p.verb || ' ' || c.relname FROM pg_class c,
    (VALUES ('DELETE'), ('TRUNCATE'), ('REFERENCES'), ('TRIGGER')) AS p(verb)
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
    AND has_table_privilege(c.oid, p.verb)
  UNION ALL SELECT 'EXECUTE ' || f.proname FROM pg_proc f
  WHERE f.pronamespace = 'public'::regnamespace AND has_function_privilege(f.oid, 'EXECUTE')
  UNION ALL SELECT 'CREATE IN ' || nspname FROM pg_namespace
  WHERE nspname IN ('public', 'bullmq') AND has_schema_privilege(oid, 'CREATE')
  UNION ALL SELECT 'USE bullmq' FROM pg_namespace
  WHERE nspname = 'bullmq' AND has_schema_privilege(oid, 'USAGE')
  UNION ALL SELECT 'BE ' || rolname FROM pg_roles
  WHERE rolname <> current_user AND pg_has_role(oid, 'MEMBER')
  UNION ALL SELECT 'CREATE IN DATABASE' WHERE has_database_privilege(current_database(), 'CREATE')`;

const COLUMNS_SQL = `
  SELECT c.relname AS table_name, array_agg(a.attname::text) AS columns
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' GROUP BY c.relname`;

const expectedLines = (
  processes: readonly ProcessName[],
  columnsOf: ReadonlyMap<string, readonly string[]>,
  hasQueue: boolean,
): string[] => {
  const { tables, functions, queue } = rightsOf(processes);
  const inTable = ([table, rights]: [string, TableRights]): string[] => {
    const named = (columns: Columns) =>
      columns === 'all' ? (columnsOf.get(table) ?? []) : columns;
    return [
      ...COLUMN_VERBS.flatMap((verb) =>
        named(rights[verb] ?? []).map((column) => `${verb.toUpperCase()} ${table}.${column}`),
      ),
      ...(rights.delete ? [`DELETE ${table}`] : []),
    ];
  };
  return [
    ...Object.entries(tables).flatMap(inTable),
    ...functions.map((name) => `EXECUTE ${name}`),
    ...(queue && hasQueue ? ['USE bullmq'] : []),
  ];
};

/** Compares what the role of `url` may do with what these processes use. */
export const compareRights = async (
  url: string,
  processes: readonly ProcessName[],
): Promise<RightsDifference> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ table_name: string; columns: string[] }>(COLUMNS_SQL);
    const columnsOf = new Map(tables.rows.map((row) => [row.table_name, row.columns]));
    const found = await client.query<{ line: string }>(RIGHTS_SQL);
    const queue = await client.query(`SELECT 1 FROM pg_namespace WHERE nspname = 'bullmq'`);
    const role = await client.query<{ role: string }>('SELECT current_user::text AS role');
    const has = new Set(found.rows.map(({ line }) => line));
    const expected = new Set(expectedLines(processes, columnsOf, queue.rowCount === 1));
    return {
      role: role.rows[0]?.role ?? '',
      excess: [...has].filter((line) => !expected.has(line)),
      missing: [...expected].filter((line) => !has.has(line)),
    };
  } finally {
    await client.end();
  }
};
