import { ADVISORY_LOCKS } from './advisory-locks.js';
import pg from 'pg';

// What the application's role may do, table by table. The ledger can be added to and read; a policy
// version's text cannot be changed, nor what was pinned of a tool; nothing else is granted (invariants A8,
// G7 and P10).
const GRANTS: readonly string[] = [
  'SELECT, INSERT ON ledger_entry, ledger_payload',
  'SELECT, INSERT ON policy, policy_version',
  'UPDATE (state, decided_by_id, decided_at, decision_note, archived_at) ON policy_version',
  // One moves by a function only, the others are written by triggers only.
  'SELECT ON epoch, unbound_client, removed_binding',
  'SELECT, INSERT ON issuer, team, person, person_role, person_team, binding, tool, tool_server, agent',
  'UPDATE ON issuer, team, person, tool_server',
  // An agent keeps its id and its name for good, and its row stays: neither is ever another's.
  `UPDATE (purpose, state, state_reason, stopped_by_security, risk_tier, tags, owner_id, team_id, expires_at, inactive_after_days,
    orphaned_at, tokens_revoked_before, activated_at, retired_at, updated_at) ON agent`,
  'UPDATE (classification, classified_by_id, classified_at) ON tool',
  'DELETE ON person_role, person_team, binding',
  // Only so that a command can hold the rows by which its actor acts.
  'UPDATE (assigned_at) ON person_role',
  // An identity is linked once and never re-pointed; what was decided, stopped or used stays.
  'SELECT, INSERT, DELETE, UPDATE (confirmed_at) ON person_identity',
  'SELECT, INSERT ON used_token_id, revoked_token, received_signal, delegation, kill_switch, emergency_access, alert',
  'DELETE ON used_token_id, revoked_token',
  'UPDATE (withdrawn_at) ON delegation',
  'UPDATE (stopped_by_security, released_by_id, released_at, release_reason) ON kill_switch',
  'UPDATE (ended_at) ON emergency_access',
  'SELECT, INSERT, UPDATE (kept_at, undone_at) ON emergency_change',
  'UPDATE (acknowledged_by_id, acknowledged_at, acknowledged_note) ON alert',
  'SELECT, INSERT, UPDATE ON sign_in_provider, setup_code, unregistered_agent, access_request, signal_stream',
  'DELETE ON setup_code, signal_stream, sign_in_provider, unregistered_agent',
  'SELECT, INSERT, UPDATE, DELETE ON people_group, group_member, scim_user, scim_agent',
  'SELECT, INSERT ON group_mapping, proposed_change',
  'UPDATE (state, decided_by_id, decided_at, decision_note) ON proposed_change',
  'UPDATE (state, decided_by_id, decided_at) ON group_mapping',
  'SELECT, INSERT, UPDATE (name, kind, issuer_id) ON scim_connection',
  'SELECT, INSERT, UPDATE (activated_at, expires_at, revoked_at, last_used_at, last_used_from) ON scim_token',
  'SELECT, INSERT, DELETE ON signing_key',
  // Never removed and never put back: a trigger lets a version only grow.
  'SELECT, INSERT, UPDATE (version, statement, signature) ON record_signature',
  'SELECT, INSERT, UPDATE (dispatched_at, attempts, next_attempt_at, last_error, failed_at), DELETE ON outbox',
  'SELECT, INSERT, UPDATE, DELETE ON console_session',
  'EXECUTE ON ALL FUNCTIONS IN SCHEMA public',
];

/** Gives the application's role exactly its rights, taking away what an older version had given. */
export const grantApplicationRole = async (ownerUrl: string, role: string): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const name = client.escapeIdentifier(role);
    await client.query('BEGIN');
    // Processes that migrate at once would trip over each other's updates of the catalogue.
    await client.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.databaseRights]);
    await client.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
    await client.query(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${name}`);
    await client.query(`GRANT USAGE ON SCHEMA public TO ${name}`);
    for (const grant of GRANTS) await client.query(`GRANT ${grant} TO ${name}`);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
};
