import type { Tx } from '#libs/platform/db';
import { z } from 'zod';

const orphanSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['draft', 'active', 'suspended']),
  rule: z.enum(['flag', 'reassign', 'suspend']),
  heirId: z.string().nullable(),
});

/** An agent whose owner leaves; `heirId` is who takes it over, by its team's rule. */
export type Orphan = z.infer<typeof orphanSchema>;

/** The person's agents that nobody has dealt with yet, each with its team's rule; their rows are held. */
export const orphansOf = async (tx: Tx, personId: string): Promise<Orphan[]> => {
  // Held first: an heir who leaves at this very moment has left before, or comes after and then finds
  // these agents among their own.
  await tx.$queryRaw`
    SELECT 1 FROM person WHERE id IN (
      SELECT t.orphan_owner_id FROM team t JOIN agent a ON a.team_id = t.id
      WHERE a.owner_id = ${personId}::uuid AND t.orphan_rule = 'reassign')
    ORDER BY id FOR SHARE`;
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT a.id, a.name, a.state::text AS state, t.orphan_rule::text AS rule, heir.id AS "heirId"
    FROM agent a
    JOIN team t ON t.id = a.team_id
    LEFT JOIN person heir ON t.orphan_rule = 'reassign' AND heir.id = t.orphan_owner_id
      AND heir.id <> a.owner_id AND heir.disabled_at IS NULL
    WHERE a.owner_id = ${personId}::uuid AND a.state <> 'retired' AND a.orphaned_at IS NULL
    ORDER BY a.id FOR UPDATE OF a`;
  return rows.map((row) => orphanSchema.parse(row));
};
