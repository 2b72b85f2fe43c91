/** Tables in which a first step may have made what a second one uses. */
export const MADE_TABLES = [
  'agent',
  'binding',
  'person',
  'team',
  'tool_server',
  'tool',
  'policy_version',
  'people_group',
  'group_mapping',
  'issuer',
  'scim_connection',
  'scim_token',
  'access_request',
  'emergency_access',
  'emergency_change',
  'delegation',
  'alert',
  'kill_switch',
  'proposed_change',
  'signal_stream',
] as const;

/** One of {@link MADE_TABLES}. */
export type MadeTable = (typeof MADE_TABLES)[number];
