import pg from 'pg';

// What the application's role may do, table by table. The ledger can be added to and read; a policy
// version's text cannot be changed, nor what was pinned of a tool; nothing else is granted (invariants A8,
// G7 and P10).
const GRANTS: readonly string[] = [
  'SELECT, INSERT ON ledger_entry, ledger_payload',
  'SELECT, INSERT ON policy, policy_version',
  'UPDATE (state, decided_by_id, decided_at, decided_note, archived_at) ON policy_version',
  'SELECT, UPDATE (value) ON epoch',
  'SELECT, INSERT ON issuer, team, person, person_role, person_team, binding, tool, tool_server, agent',
  'UPDATE ON person, agent, tool_server',
  'UPDATE (classification, classified_by_id, classified_at) ON tool',
  'DELETE ON person_role, person_team, binding',
  'SELECT, INSERT, UPDATE (dispatched_at), DELETE ON outbox',
  'SELECT, INSERT, UPDATE, DELETE ON console_session',
  'EXECUTE ON ALL FUNCTIONS IN SCHEMA public',
];

const GRANTS_LOCK = 4_711_004;

/** Gives the application's role exactly its rights, taking away what an older version had given. */
export const grantApplicationRole = async (ownerUrl: string, role: string): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const name = client.escapeIdentifier(role);
    await client.query('BEGIN');
    // Processes that migrate at once would trip over each other's updates of the catalogue.
    await client.query('SELECT pg_advisory_xact_lock($1)', [GRANTS_LOCK]);
    await client.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
    await client.query(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${name}`);
    await client.query(`GRANT USAGE ON SCHEMA public TO ${name}`);
    for (const grant of GRANTS) await client.query(`GRANT ${grant} TO ${name}`);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
};
