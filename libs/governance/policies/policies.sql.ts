import { endProposalsOf } from '#libs/engine/commands';
import { ADVISORY_LOCKS, type Tx } from '#libs/platform/db';

/** Who decides a version, when and why. */
export interface VersionDecision {
  id: string;
  /** Null: the system. */
  decidedById: string | null;
  at: Date;
  note: string;
}

/** Holds a policy until the transaction ends, so that its versions are numbered and decided one by one. */
export const lockPolicy = async (tx: Tx, policyId: string): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${policyId}, ${ADVISORY_LOCKS.policy}::bigint))`;
};

/**
 * Publishes or rejects a version that is in review. Publishing needs somebody else than the proposer and
 * than who asked for the access grant (invariant P10): the row's own condition says so again. False when it is
 * not so any more.
 */
export const decideVersion = async (
  tx: Tx,
  to: 'active' | 'rejected',
  { id, decidedById, at, note }: VersionDecision,
): Promise<boolean> => {
  const changed = await tx.$executeRaw`
    UPDATE policy_version
    SET state = ${to}::policy_version_state, decided_by_id = ${decidedById}::uuid,
        decided_at = ${at}, decision_note = ${note}
    WHERE id = ${id}::uuid AND state = 'in_review'
      AND (${to} = 'rejected' OR (
        proposed_by_id IS DISTINCT FROM ${decidedById}::uuid
        AND NOT EXISTS (
          SELECT 1 FROM access_request asked
          WHERE asked.version_id = policy_version.id
            AND asked.requested_by_id = ${decidedById}::uuid)))`;
  return changed === 1;
};

/** The command that puts a version in force, which waits for a second person. */
export const PUBLISH_POLICY = 'publish-policy';

/** Rejects a version that is in review, and what would publish it. False when it is not so any more. */
export const rejectVersion = async (tx: Tx, decision: VersionDecision): Promise<boolean> => {
  if (!(await decideVersion(tx, 'rejected', decision))) return false;
  const { id, decidedById: byId, at, note } = decision;
  await endProposalsOf(tx, { command: PUBLISH_POLICY, subjectId: id }, { byId, at, note });
  return true;
};

/** Archives the policy's active version; answers its id, or null when none was active. */
export const archiveActive = async (tx: Tx, policyId: string, at: Date): Promise<string | null> => {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    UPDATE policy_version SET state = 'archived', archived_at = ${at}
    WHERE policy_id = ${policyId}::uuid AND state = 'active' RETURNING id`;
  return row?.id ?? null;
};

/** Archives this version if it is active; false when it is not. */
export const archiveVersion = async (tx: Tx, id: string, at: Date): Promise<boolean> => {
  const changed = await tx.$executeRaw`
    UPDATE policy_version SET state = 'archived', archived_at = ${at}
    WHERE id = ${id}::uuid AND state = 'active'`;
  return changed === 1;
};
