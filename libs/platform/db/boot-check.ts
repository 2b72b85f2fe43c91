import pg from 'pg';
import { firstNames } from '#libs/platform/kernel';

const MAX_NAMED = 5;

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

// What may keep a row out of these tables, change it, or put it elsewhere. The product has none of it.
const INTERFERES_WITH_LEDGER = `
  WITH ledger AS (
    SELECT c.oid, c.relname, c.relkind, c.relpersistence, c.relrowsecurity
    FROM pg_class c
    WHERE c.oid IN (to_regclass('public.ledger_entry'), to_regclass('public.ledger_payload')))
  SELECT 'the trigger ' || t.tgname || ' on ' || l.relname AS what
    FROM ledger l JOIN pg_trigger t ON t.tgrelid = l.oid WHERE NOT t.tgisinternal
  UNION ALL SELECT 'the rule ' || r.rulename || ' on ' || l.relname
    FROM ledger l JOIN pg_rewrite r ON r.ev_class = l.oid
  UNION ALL SELECT 'the policy ' || p.polname || ' on ' || l.relname
    FROM ledger l JOIN pg_policy p ON p.polrelid = l.oid
  UNION ALL SELECT 'row-level security on ' || l.relname FROM ledger l WHERE l.relrowsecurity
  UNION ALL SELECT 'the child table ' || i.inhrelid::regclass || ' of ' || l.relname
    FROM ledger l JOIN pg_inherits i ON i.inhparent = l.oid
  UNION ALL SELECT 'the parent table ' || i.inhparent::regclass || ' of ' || l.relname
    FROM ledger l JOIN pg_inherits i ON i.inhrelid = l.oid
  UNION ALL SELECT l.relname || ' as something else than an ordinary, logged table'
    FROM ledger l WHERE l.relkind <> 'r' OR l.relpersistence <> 'p'
  ORDER BY what`;

/**
 * Rejects to start on a database that could lose or rewrite the ledger (invariants A2, A8 and A12): the
 * application's role may change it, a commit is not durable, or something on its tables could keep an entry
 * out. Throws with a sentence for operators.
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
    await assertNothingInterferes(client);
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

const assertNothingInterferes = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ what: string }>(INTERFERES_WITH_LEDGER);
  if (rows.length === 0) return;
  const found = firstNames(
    rows.map(({ what }) => what),
    MAX_NAMED,
  );
  throw new Error(
    `The ledger's tables are not as Gatehouse made them: ${found}. An entry could be kept out or changed. Remove that, then start again.`,
  );
};
