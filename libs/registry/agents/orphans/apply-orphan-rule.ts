import { raiseAlert } from '#libs/engine/alerts';
import type { Tx } from '#libs/platform/db';
import { z } from 'zod';
import type { ChangeContext } from '../agents.changes.js';

const orphanSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['draft', 'active', 'suspended']),
  rule: z.enum(['flag', 'reassign', 'suspend']),
  heirId: z.string().nullable(),
});

/** An agent whose owner leaves; `heirId` is who takes it over, by its team's rule. */
type Orphan = z.infer<typeof orphanSchema>;

/** The person's agents that nobody has dealt with yet, each with its team's rule; their rows are held. */
const orphansOf = async (tx: Tx, personId: string): Promise<Orphan[]> => {
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

/** What the teams' rules made of a person's agents: their ids. */
export interface OrphanOutcome {
  flagged: string[];
  reassigned: string[];
  suspended: string[];
}

// As many ids as one fact of the ledger may hold.
const FACT_IDS = 256;

/** The outcome as facts of the command's entry: how many, and which (the first 256 of each). */
export const orphanFacts = (outcome: OrphanOutcome) => ({
  agentsFlagged: outcome.flagged.length,
  agentsFlaggedIds: outcome.flagged.slice(0, FACT_IDS),
  agentsReassigned: outcome.reassigned.length,
  agentsReassignedIds: outcome.reassigned.slice(0, FACT_IDS),
  agentsSuspended: outcome.suspended.length,
  agentsSuspendedIds: outcome.suspended.slice(0, FACT_IDS),
});

/**
 * Applies each team's orphan rule to the agents of a person who leaves, inside the command that takes the
 * person's access away. That command must change rights in the registry. Applied again it does nothing.
 */
export const applyOrphanRule = async (
  ctx: ChangeContext,
  personId: string,
): Promise<OrphanOutcome> => {
  const outcome: OrphanOutcome = { flagged: [], reassigned: [], suspended: [] };
  for (const orphan of await orphansOf(ctx.tx, personId)) {
    outcome[await settle(ctx, orphan)].push(orphan.id);
  }
  return outcome;
};

const settle = async (ctx: ChangeContext, orphan: Orphan): Promise<keyof OrphanOutcome> => {
  if (orphan.heirId !== null) {
    await update(ctx, orphan, { ownerId: orphan.heirId, inheritedAt: ctx.now });
    return 'reassigned';
  }
  // Under `reassign` without anybody to take it over, the safer of the other two.
  const suspends = orphan.rule !== 'flag';
  const stops = suspends && orphan.state === 'active';
  const reason = 'Its owner left, and nobody has taken it over.';
  await update(ctx, orphan, {
    orphanedAt: ctx.now,
    ...(stops ? { state: 'suspended', stateReason: reason } : {}),
  });
  if (stops) await ctx.endAccess({ kind: 'agent', id: orphan.id, reason: 'suspended' });
  await raiseAlert(ctx.tx, ctx.now, {
    kind: 'agent_orphaned',
    subject: { kind: 'agent', id: orphan.id },
    message: `The owner of ${orphan.name} left. ${stops ? 'It was suspended' : WHAT_NOW[orphan.state]}; give it an owner who is here.`,
  });
  return suspends ? 'suspended' : 'flagged';
};

const WHAT_NOW: Record<Orphan['state'], string> = {
  draft: 'It is a draft',
  active: 'It goes on, by the rule of its team',
  suspended: 'It was suspended before',
};

const update = async (
  { tx, now, signs }: ChangeContext,
  { id }: Orphan,
  data: {
    ownerId?: string;
    inheritedAt?: Date;
    orphanedAt?: Date;
    state?: 'suspended';
    stateReason?: string;
  },
): Promise<void> => {
  await signs('agent', [id]);
  await tx.agent.update({ where: { id }, data: { ...data, updatedAt: now }, select: { id: true } });
};
