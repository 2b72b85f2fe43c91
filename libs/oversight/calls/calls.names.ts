import type { Database } from '#libs/platform/db';
import type { CallRow } from './calls.sql.js';

/** The names of the agents and people of calls, by their ids, which never collide. */
export const callNames = async (
  db: Database,
  rows: readonly CallRow[],
): Promise<Map<string, string>> => {
  const select = { id: true, name: true };
  const agentIds = new Set(rows.flatMap(({ agentId, data }) => [agentId, ...(data.actors ?? [])]));
  const personIds = new Set(rows.flatMap(({ data }) => data.personId ?? []));
  const agents = await db.agent.findMany({ where: { id: { in: [...agentIds] } }, select });
  const people =
    personIds.size === 0
      ? []
      : await db.person.findMany({ where: { id: { in: [...personIds] } }, select });
  return new Map([...agents, ...people].map(({ id, name }) => [id, name]));
};
