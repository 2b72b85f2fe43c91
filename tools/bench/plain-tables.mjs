// The same rows written without SCIM: plain SQL into the same tables of a database of the bench's own.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inLanes } from './in-lanes.mjs';
import { runSql, scratchDatabase } from './scratch-database.mjs';

const ROWS_PER_STATEMENT = 1000;

const insertOf = (table, columns) =>
  `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1)`;

/** Opens it; `lanes` connections write at the same time. */
export const openPlainTables = async (urls, name, lanes) => {
  const database = await scratchDatabase(urls, name);
  const connectionId = randomUUID();
  await runSql(
    database.ownerUrl,
    `INSERT INTO scim_connection (id, name, kind, created_at) VALUES ('${connectionId}', 'bench', 'other', now())`,
  );
  const pool = new pg.Pool({ connectionString: database.appUrl, max: lanes });
  const insert = (table, rows) =>
    pool.query(insertOf(table, Object.keys(rows[0]).join(', ')), [JSON.stringify(rows)]);
  return {
    connectionId,
    /** One INSERT, and one commit, for each row; answers the seconds. */
    insertEach: async (items) => {
      const { seconds } = await inLanes(items, lanes, async (rows) => {
        for (const [table, row] of Object.entries(rows)) await insert(table, [row]);
      });
      return seconds;
    },
    /** One INSERT for many rows of a table; answers the seconds. */
    insertMany: async (items, rowsPerStatement = ROWS_PER_STATEMENT) => {
      const begun = performance.now();
      for (let from = 0; from < items.length; from += rowsPerStatement) {
        const part = items.slice(from, from + rowsPerStatement);
        for (const table of Object.keys(part[0])) {
          await insert(
            table,
            part.map((rows) => rows[table]),
          );
        }
      }
      return (performance.now() - begun) / 1000;
    },
    /** The same statement for each list of values. */
    runEach: (text, lists) => inLanes(lists, lanes, (values) => pool.query(text, values)),
    analyse: () => runSql(database.superuserUrl, 'ANALYZE'),
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
};
