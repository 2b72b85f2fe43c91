import type { DatabaseRights } from './process-rights.js';

/**
 * The worker relays follow-ups, pins tools, ends what has expired, and looks at what gateways decided and
 * load. What somebody signals of a person ends it for them, too.
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
    issuer: { select: 'all' },
    agent: {
      select: 'all',
      update: ['state', 'state_reason', 'stopped_by_security', 'updated_at'],
    },
    binding: { select: 'all' },
    tool_server: { select: 'all', update: ['openapi', 'state', 'state_reason', 'updated_at'] },
    tool: { select: 'all', insert: 'all' },
    policy: { select: ['id', 'kind', 'name'] },
    policy_version: { select: 'all', update: ['state', 'archived_at'] },
    access_request: { select: ['id', 'requested_by_id', 'version_id'] },
    kill_switch: { select: 'all' },
    signing_key: { select: 'all', insert: 'all', delete: true },
    used_token_id: { select: 'all', delete: true },
    revoked_token: { select: 'all', delete: true },
    person: {
      select: ['id', 'name', 'disabled_at', 'tokens_revoked_before'],
      update: ['tokens_revoked_before'],
    },
    person_identity: { select: ['issuer', 'subject', 'person_id'] },
    group_member: { select: ['group_id', 'person_id'] },
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
