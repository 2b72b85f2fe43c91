import type { DatabaseRights } from './database-rights.js';

/**
 * The worker relays follow-ups, pins tools, ends what has expired, and looks at what gateways decided and
 * load. An identity provider's signal ends a person's access here, too, and emergency access that ends takes
 * back what was done by it.
 */
export const WORKER_RIGHTS: DatabaseRights = {
  tables: {
    ledger_entry: { select: 'all', insert: 'all' },
    // Decisions are evaluated again over the arguments that they were about.
    ledger_payload: { select: ['entry_id', 'name', 'content'], insert: 'all' },
    record_signature: {
      select: ['kind', 'record_id', 'version', 'statement', 'signature'],
      insert: ['kind', 'record_id', 'version', 'statement', 'signature'],
      update: ['version', 'statement', 'signature'],
    },
    epoch: { select: 'all' },
    issuer: { select: 'all', update: ['retired_at', 'updated_at'] },
    sign_in_provider: { select: ['issuer_id'] },
    agent: {
      select: 'all',
      update: [
        'state',
        'state_reason',
        'stopped_by_security',
        'owner_id',
        'orphaned_at',
        'inherited_at',
        'retired_at',
        'updated_at',
      ],
    },
    binding: { select: 'all', delete: true },
    tool_server: {
      select: 'all',
      update: ['openapi', 'state', 'state_reason', 'left_out', 'updated_at'],
    },
    // It never takes over what it found.
    tool: {
      select: 'all',
      insert: 'all',
      update: ['is_offered', 'is_taken_over', 'offered', 'offered_digest'],
    },
    policy: { select: ['id', 'kind', 'name'] },
    policy_version: {
      select: 'all',
      update: ['state', 'decided_by_id', 'decided_at', 'decision_note', 'archived_at'],
    },
    access_request: {
      select: ['id', 'requested_by_id', 'state', 'version_id'],
      update: ['state', 'decided_at', 'decision_note'],
    },
    kill_switch: { select: 'all', insert: 'all' },
    signing_key: { select: 'all', insert: 'all', delete: true },
    used_token_id: { select: 'all', delete: true },
    revoked_token: { select: 'all', delete: true },
    person: {
      // The address, for signals of an issuer that names people by it.
      select: ['id', 'name', 'email', 'disabled_at', 'tokens_revoked_before'],
      update: ['disabled_at', 'disabled_by_people', 'stopped_by_security', 'tokens_revoked_before'],
    },
    person_identity: { select: ['issuer', 'subject', 'person_id'] },
    person_role: { select: ['person_id', 'role'] },
    team: { select: ['id', 'orphan_rule', 'orphan_owner_id'] },
    people_group: { select: ['id'] },
    group_member: { select: ['group_id', 'person_id'] },
    group_mapping: { select: ['group_id', 'role', 'state'] },
    delegation: {
      select: ['id', 'person_id', 'expires_at', 'withdrawn_at'],
      update: ['withdrawn_at'],
    },
    proposed_change: {
      select: ['id', 'state', 'proposed_by_id'],
      update: ['state', 'decided_at'],
    },
    console_session: { select: ['sess'], delete: true },
    emergency_access: { select: 'all', update: ['ended_at'] },
    emergency_change: { select: 'all', update: ['undone_at'] },
    alert: {
      select: ['id', 'kind', 'subject_kind', 'subject_id', 'acknowledged_at'],
      insert: 'all',
    },
    signal_stream: {
      select: 'all',
      update: ['last_received_at', 'last_polled_at', 'last_error'],
    },
    received_signal: { select: 'all', insert: 'all' },
    outbox: {
      select: 'all',
      update: ['dispatched_at', 'attempts', 'next_attempt_at', 'last_error', 'failed_at'],
      delete: true,
    },
  },
  functions: ['epoch_move', 'ledger_append', 'ledger_append_lock', 'ledger_life_lock'],
  queue: true,
};
