import type { Database, Tx } from '#libs/platform/db';
import { z } from 'zod';

const rowSchema = z.object({ personId: z.uuid(), makerId: z.uuid() });

/**
 * Who made each of these people what they are, directly or through others: who added them, assigned a role to them,
 * made a SCIM token of the connection that provisions them, or proposed or confirmed the mapping of their group. As
 * far as rows tell: what was withdrawn since is not among them.
 */
export const readMakers = async (
  db: Database | Tx,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const ids = [...new Set(personIds)];
  const rows = await db.$queryRaw<unknown[]>`
    WITH RECURSIVE above (person_id, id) AS (
      SELECT start, start FROM unnest(${ids}::uuid[]) AS start
      UNION
      SELECT above.person_id, made.maker_id FROM above CROSS JOIN LATERAL (
        SELECT added_by_id AS maker_id FROM person WHERE id = above.id
        UNION ALL SELECT assigned_by_id FROM person_role WHERE person_id = above.id
        UNION ALL SELECT token.created_by_id
          FROM scim_user known JOIN scim_token token ON token.connection_id = known.connection_id
          WHERE known.person_id = above.id AND token.activated_at IS NOT NULL
            AND coalesce(token.revoked_at, token.expires_at) > known.created_at
        UNION ALL SELECT decider.id
          FROM group_member member JOIN group_mapping mapping ON mapping.group_id = member.group_id,
            unnest(ARRAY[mapping.proposed_by_id, mapping.decided_by_id]) AS decider (id)
          WHERE member.person_id = above.id AND mapping.state = 'active'
      ) AS made WHERE made.maker_id IS NOT NULL)
    SELECT person_id AS "personId", id AS "makerId" FROM above WHERE id <> person_id`;
  const makers = new Map<string, Set<string>>(ids.map((id) => [id, new Set<string>()]));
  for (const { personId, makerId } of z.array(rowSchema).parse(rows))
    makers.get(personId)?.add(makerId);
  return makers;
};

/**
 * Whether any of these people is the reader, one of the reader's makers, or somebody whom the reader made; `makers`
 * has all of them (invariant I11).
 */
export const areRelated = (
  readerId: string,
  personIds: readonly string[],
  makers: ReadonlyMap<string, ReadonlySet<string>>,
): boolean =>
  personIds.some(
    (id) =>
      id === readerId ||
      makers.get(readerId)?.has(id) === true ||
      makers.get(id)?.has(readerId) === true,
  );
