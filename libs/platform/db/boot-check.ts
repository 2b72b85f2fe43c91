import pg from 'pg';

const FORBIDDEN_ON_LEDGER = `
  SELECT t.name AS table_name, p.privilege
  FROM (VALUES ('ledger_entry'), ('ledger_payload')) AS t(name),
       (VALUES ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('TRIGGER')) AS p(privilege)
  WHERE has_table_privilege(t.name, p.privilege)
     OR (p.privilege = 'UPDATE' AND has_any_column_privilege(t.name, 'UPDATE'))`;

const ROLE_IS_TOO_STRONG = `
  SELECT r.rolsuper OR r.rolcreaterole OR r.rolbypassrls
      OR EXISTS (SELECT 1 FROM pg_class c WHERE c.relname IN ('ledger_entry', 'ledger_payload')
                 AND pg_has_role(current_user, c.relowner, 'MEMBER')) AS too_strong
  FROM pg_roles r WHERE r.rolname = current_user`;

/**
 * Rejects to start on a database that could lose or rewrite the ledger (invariants A2 and A8): the
 * application's role may change it, or a commit is not durable. Throws with a sentence for operators.
 */
export const assertLedgerIsSafe = async (url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query(`SELECT to_regclass('ledger_payload') AS found`);
    if (!(tables as { found: string | null }[])[0]?.found)
      throw new Error(
        'The database has no ledger yet: start one process with MIGRATE_DATABASE_URL set, the owner of the database.',
      );
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      const { rows } = await client.query<{ value: string }>(
        'SELECT current_setting($1) AS value',
        [setting],
      );
      if (rows[0]?.value === 'off')
        throw new Error(`PostgreSQL runs with ${setting} off: an entry could be lost. Turn it on.`);
    }
    const role = await client.query<{ too_strong: boolean }>(ROLE_IS_TOO_STRONG);
    const rights = await client.query<{ table_name: string; privilege: string }>(
      FORBIDDEN_ON_LEDGER,
    );
    const [right] = rights.rows;
    if (role.rows[0]?.too_strong !== false || right !== undefined) {
      const what = right ? `may ${right.privilege} ${right.table_name}` : 'owns the ledger';
      throw new Error(
        `The role in DATABASE_URL ${what}: give the application a role of its own (docs/operations.md).`,
      );
    }
  } finally {
    await client.end();
  }
};
