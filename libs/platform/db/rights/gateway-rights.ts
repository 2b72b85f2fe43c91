import type { DatabaseRights } from './database-rights.js';

/**
 * The gateway reads what its snapshot is made of and appends to the ledger. It changes nothing by which it
 * decides, reads nothing that is sealed with the master key and no more of the ledger than its chains need.
 */
export const GATEWAY_RIGHTS: DatabaseRights = {
  tables: {
    epoch: { select: 'all' },
    record_signature: { select: 'all' },
    issuer: { select: 'all' },
    agent: { select: 'all' },
    binding: { select: 'all' },
    unbound_client: { select: ['issuer_id', 'client_id'] },
    signing_key: { select: ['id', 'public_key', 'published_until'] },
    tool: { select: 'all' },
    // Neither the OpenAPI document nor what was left out.
    tool_server: {
      select: [
        'id',
        'slug',
        'name',
        'kind',
        'url',
        'state',
        'state_reason',
        'on_changed_definition',
        'owner_id',
        'team_id',
        'created_at',
        'updated_at',
      ],
    },
    policy: { select: ['id', 'kind', 'name'] },
    policy_version: {
      select: [
        'id',
        'policy_id',
        'number',
        'text',
        'bindings',
        'state',
        'proposed_by_id',
        'decided_by_id',
      ],
    },
    kill_switch: { select: 'all' },
    revoked_token: { select: 'all' },
    delegation: {
      select: ['id', 'person_id', 'agent_id', 'server_id', 'expires_at', 'withdrawn_at'],
    },
    // No name and no address of anybody.
    person: { select: ['id', 'disabled_at', 'tokens_revoked_before'] },
    // When what was done by emergency access alone ends.
    emergency_change: { select: ['id', 'emergency_id', 'subject_id', 'kept_at', 'undone_at'] },
    emergency_access: { select: ['id', 'expires_at', 'ended_at'] },
    person_identity: { select: ['issuer', 'subject', 'person_id'] },
    group_member: { select: ['group_id', 'person_id'] },
    // Adds and counts, and cannot block, unblock or remove.
    unregistered_agent: {
      select: [
        'id',
        'issuer_id',
        'subject',
        'client_id',
        'first_seen_at',
        'last_seen_at',
        'attempts',
        'last_source',
        'last_method',
        'last_server',
        'last_tool',
        'blocked_at',
      ],
      insert: [
        'id',
        'issuer_id',
        'subject',
        'client_id',
        'first_seen_at',
        'last_seen_at',
        'attempts',
        'last_source',
        'last_method',
        'last_server',
        'last_tool',
      ],
      update: [
        'first_seen_at',
        'last_seen_at',
        'attempts',
        'last_source',
        'last_method',
        'last_server',
        'last_tool',
      ],
    },
    // Clients' sessions over MCP, which give no right, and what they are at the tool servers, sealed.
    mcp_session: {
      select: 'all',
      insert: 'all',
      update: ['last_used_at'],
      delete: true,
    },
    mcp_upstream_session: { select: 'all', insert: 'all', update: ['sealed'] },
    // Proofs that were used: told apart from others, and never made unused again.
    used_token_id: { select: ['issuer', 'token_id'], insert: 'all' },
    // For its own chains: where they end, whether they are closed, and which calls have an outcome.
    ledger_entry: {
      select: ['chain', 'seq', 'id', 'hash', 'type', 'subject_kind', 'subject_id', 'call_id'],
      insert: 'all',
    },
    // That what was appended is there.
    ledger_payload: { select: ['entry_id'], insert: 'all' },
  },
  functions: [
    'ledger_append',
    'ledger_append_lock',
    'ledger_life_lock',
    'ledger_own_call',
    'unregistered_agent_trim',
  ],
  queue: false,
};
