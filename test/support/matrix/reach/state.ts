import type { Tx } from '#libs/platform/db';

/** What the database says of everything that attackers could want, read at once. */
export interface State {
  people: { id: string; disabled: boolean }[];
  identities: { issuer: string; subject: string; person: string }[];
  issuers: {
    id: string;
    url: string;
    keys: string | null;
    claims: object;
    audiences: string[];
    retired: boolean;
    signIn: boolean;
    claim: string | null;
    attribute: string | null;
  }[];
  users: {
    person: string;
    issuer: string | null;
    external_id: string | null;
    employee_number: string | null;
  }[];
  tokens: {
    id: string;
    connection: string;
    scopes: string[];
    by: string | null;
    active: boolean;
    privileged: boolean;
  }[];
  servers: { id: string; slug: string; url: string; state: string }[];
  stops: { id: string }[];
  alerts: { concerned: string[]; by: string | null; acknowledged: string | null }[];
  signatures: { id: string; version: number }[];
  /** Of everything that gateways decide by: the same state, the same calls. */
  digest: string;
}

const DECIDED_BY = [
  'agent',
  'binding',
  'issuer',
  'tool',
  'tool_server',
  'kill_switch',
  'delegation',
  'person',
  'person_identity',
  'group_member',
  '(SELECT id, state FROM policy_version)',
];

const STATE = `SELECT json_build_object(
  'people', (SELECT json_agg(json_build_object('id', id, 'disabled', disabled_at IS NOT NULL)) FROM person),
  'identities', (SELECT json_agg(json_build_object('issuer', issuer, 'subject', subject, 'person', person_id)) FROM person_identity),
  'issuers', (SELECT json_agg(json_build_object('id', i.id, 'url', i.url, 'keys', i.keys_url, 'claims', i.required_claims,
     'audiences', i.audiences, 'retired', i.retired_at IS NOT NULL, 'signIn', coalesce(p.enabled, false), 'claim', p.link_claim,
     'attribute', p.link_attribute)) FROM issuer i LEFT JOIN sign_in_provider p ON p.issuer_id = i.id),
  'users', (SELECT json_agg(json_build_object('person', u.person_id, 'issuer', c.issuer_id, 'external_id', u.external_id,
     'employee_number', u.employee_number)) FROM scim_user u JOIN scim_connection c ON c.id = u.connection_id),
  'tokens', (SELECT json_agg(json_build_object('id', id, 'connection', connection_id, 'scopes', scopes, 'by', created_by_id,
     'active', activated_at IS NOT NULL AND revoked_at IS NULL AND expires_at > now())) FROM scim_token),
  'servers', (SELECT json_agg(json_build_object('id', id, 'slug', slug, 'url', url, 'state', state)) FROM tool_server),
  'stops', (SELECT coalesce(json_agg(stop), '[]') FROM (
     SELECT json_build_object('id', id) AS stop FROM agent WHERE stopped_by_security
     UNION ALL SELECT json_build_object('id', id) FROM kill_switch WHERE stopped_by_security AND released_at IS NULL
     UNION ALL SELECT json_build_object('id', id) FROM unregistered_agent WHERE stopped_by_security AND blocked_at IS NOT NULL
     UNION ALL SELECT json_build_object('id', id) FROM issuer WHERE retired_at IS NOT NULL
     UNION ALL SELECT json_build_object('id', id) FROM person WHERE disabled_at IS NOT NULL) stops),
  'alerts', (SELECT coalesce(json_agg(json_build_object('concerned', concerned_ids, 'by', by_id, 'acknowledged', acknowledged_by_id)), '[]') FROM alert),
  'signatures', (SELECT json_agg(json_build_object('id', record_id, 'version', version)) FROM record_signature),
  'digest', (SELECT md5(string_agg(digest, ' ')) FROM (${DECIDED_BY.map(
    (table) =>
      `SELECT md5(string_agg(row::text, '|' ORDER BY row::text)) AS digest FROM ${table} row`,
  ).join(' UNION ALL ')}) digests)
)::text AS state`;

/** Reads it in this transaction. */
export const readState = async (tx: Tx): Promise<State> => {
  const [row] = await tx.$queryRawUnsafe<{ state: string }[]>(STATE);
  return JSON.parse((row as { state: string }).state) as State;
};

export type Issuer = State['issuers'][number];
