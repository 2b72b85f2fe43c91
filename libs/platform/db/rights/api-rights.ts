import type { DatabaseRights } from './database-rights.js';

const DECIDED = ['state', 'decided_by_id', 'decided_at'] as const;

/**
 * The API shows the console everything and runs the commands. The ledger can be added to and read; a policy
 * version's text cannot be changed, nor what was pinned of a tool (invariants A8, G7 and P10).
 */
export const API_RIGHTS: DatabaseRights = {
  tables: {
    ledger_entry: { select: 'all', insert: 'all' },
    ledger_payload: { select: 'all', insert: 'all' },
    // Never removed and never put back: a trigger lets a version only grow.
    record_signature: {
      select: ['kind', 'record_id', 'version', 'statement', 'signature'],
      insert: ['kind', 'record_id', 'version', 'statement', 'signature'],
      update: ['version', 'statement', 'signature'],
    },
    // One moves by a function only, the others are written by triggers only.
    epoch: { select: 'all' },
    unbound_client: { select: ['issuer_id', 'client_id'] },
    removed_binding: { select: 'all' },
    policy: { select: 'all', insert: 'all' },
    policy_version: {
      select: 'all',
      insert: 'all',
      update: [...DECIDED, 'decision_note', 'archived_at'],
    },
    issuer: {
      select: 'all',
      insert: 'all',
      update: [
        'name',
        'audiences',
        'algorithms',
        'profile',
        'clock_tolerance_seconds',
        'max_token_age_seconds',
        'signals_by_email',
        'keys_url',
        'required_claims',
        'retired_at',
        'updated_at',
      ],
    },
    sign_in_provider: {
      select: 'all',
      insert: 'all',
      update: [
        'label',
        'client_id',
        'sealed_client_secret',
        'link_claim',
        'link_attribute',
        'enabled',
        'updated_at',
      ],
      delete: true,
    },
    team: { select: 'all', insert: 'all', update: ['name', 'orphan_rule', 'orphan_owner_id'] },
    person: {
      select: 'all',
      insert: 'all',
      update: [
        'email',
        'name',
        'disabled_at',
        'disabled_by_people',
        'stopped_by_security',
        'enabled_at',
        'tokens_revoked_before',
      ],
    },
    person_team: { select: 'all', insert: 'all', delete: true },
    // An identity is linked once and never re-pointed.
    person_identity: { select: 'all', insert: 'all', update: ['confirmed_at'], delete: true },
    // Of its columns, as of a member's, only so that a command can hold the rows by which its actor acts.
    person_role: { select: 'all', insert: 'all', update: ['assigned_at'], delete: true },
    people_group: {
      select: 'all',
      insert: 'all',
      update: ['display_name', 'display_name_folded', 'external_id', 'version', 'updated_at'],
      delete: true,
    },
    group_member: { select: 'all', insert: 'all', update: ['added_at'], delete: true },
    group_mapping: { select: 'all', insert: 'all', update: [...DECIDED] },
    emergency_access: { select: 'all', insert: 'all', update: ['ended_at'] },
    emergency_change: { select: 'all', insert: 'all', update: ['kept_at', 'undone_at'] },
    setup_code: {
      select: 'all',
      insert: 'all',
      update: ['code_hash', 'created_at', 'expires_at', 'failures', 'used_at'],
    },
    proposed_change: { select: 'all', insert: 'all', update: [...DECIDED, 'decision_note'] },
    alert: {
      select: 'all',
      insert: 'all',
      update: ['acknowledged_by_id', 'acknowledged_at', 'acknowledged_note'],
    },
    // An agent keeps its id and its name for good, and its row stays: neither is ever another's.
    agent: {
      select: 'all',
      insert: 'all',
      update: [
        'purpose',
        'state',
        'state_reason',
        'stopped_by_security',
        'risk_tier',
        'tags',
        'owner_id',
        'team_id',
        'expires_at',
        'inactive_after_days',
        'orphaned_at',
        'inherited_at',
        'tokens_revoked_before',
        'activated_at',
        'retired_at',
        'updated_at',
      ],
    },
    binding: { select: 'all', insert: 'all', delete: true },
    unregistered_agent: {
      select: 'all',
      update: ['blocked_at', 'blocked_by_id', 'blocked_reason', 'stopped_by_security'],
      delete: true,
    },
    // Its tools are the worker's to pin, and its address changes only while none of them is.
    tool_server: {
      select: 'all',
      insert: 'all',
      update: ['url', 'openapi', 'state', 'state_reason', 'on_changed_definition', 'updated_at'],
    },
    tool: { select: 'all', update: ['classification', 'classified_by_id', 'classified_at'] },
    kill_switch: {
      select: 'all',
      insert: 'all',
      update: ['stopped_by_security', 'released_by_id', 'released_at', 'release_reason'],
    },
    delegation: { select: 'all', insert: 'all', update: ['withdrawn_at'] },
    access_request: {
      select: 'all',
      insert: 'all',
      update: [...DECIDED, 'decision_note', 'drafted_by_id', 'drafted_at', 'version_id'],
    },
    scim_connection: { select: 'all', insert: 'all', update: ['name', 'kind', 'issuer_id'] },
    scim_token: {
      select: 'all',
      insert: 'all',
      update: ['activated_at', 'expires_at', 'revoked_at', 'last_used_at', 'last_used_from'],
    },
    scim_user: {
      select: 'all',
      insert: 'all',
      update: [
        'user_name',
        'user_name_folded',
        'external_id',
        'employee_number',
        'active',
        'active_stated',
        'attributes',
        'version',
        'updated_at',
      ],
      delete: true,
    },
    scim_agent: {
      select: 'all',
      insert: 'all',
      update: ['external_id', 'attributes', 'version', 'updated_at'],
      delete: true,
    },
    signal_stream: {
      select: 'all',
      insert: 'all',
      update: ['poll_url', 'sealed_poll_token', 'enabled', 'last_received_at', 'last_error'],
    },
    received_signal: { select: 'all', insert: 'all' },
    signing_key: { select: 'all', insert: 'all', delete: true },
    used_token_id: { select: 'all', insert: 'all' },
    // Only ever longer: a trigger sees to it.
    revoked_token: { select: 'all', insert: 'all', update: ['expires_at'] },
    // Written with a change, and moved to the queue by the worker.
    outbox: {
      select: ['id'],
      insert: ['id', 'queue', 'name', 'payload', 'created_at', 'attempts'],
    },
    console_session: { select: 'all', insert: 'all', update: ['sess', 'expire'], delete: true },
  },
  functions: [
    'epoch_move',
    'ledger_append',
    'ledger_append_lock',
    'ledger_life_lock',
    'tool_take_over',
  ],
  queue: false,
};
