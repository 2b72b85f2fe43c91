import type { Tx } from '#libs/platform/db';

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

/** The newest id of each of them. */
export const readNewest = async (tx: Tx): Promise<Record<string, string>> => {
  const selects = MADE_TABLES.map(
    (table) => `SELECT '${table}' AS name, coalesce(max(id::text), '') AS id FROM ${table}`,
  );
  const rows = await tx.$queryRawUnsafe<{ name: string; id: string }[]>(
    selects.join(' UNION ALL '),
  );
  return Object.fromEntries(rows.map(({ name, id }) => [name, id]));
};

/** What was made since then, by table: ids grow with time. */
export const readMade = async (
  tx: Tx,
  before: Record<string, string>,
): Promise<Partial<Record<MadeTable, string | null>>> => {
  const now = await readNewest(tx);
  return Object.fromEntries(
    Object.entries(now).map(([name, id]) => [name, id > (before[name] ?? '') ? id : null]),
  );
};
