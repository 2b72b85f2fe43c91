import { applyOrphanRule, orphanFacts } from '#libs/registry/agents';
import type { CommandContext } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { revokeTokensAndSessions, type RevokedAccess } from './people.revocation.js';

/** What a deactivation did, in the form of an entry's facts. */
export type Deactivation = RevokedAccess &
  ReturnType<typeof orphanFacts> & {
    /** False when the person was inactive already; what was still open is cut all the same. */
    wasActive: boolean;
    emergenciesEnded: number;
    requestsWithdrawn: number;
  };

const GONE = 'Whoever asked for this was deactivated.';

/**
 * Deactivates a person: they sign in no more, nothing acts for them any more, what they asked for is
 * withdrawn, and their agents follow their team's orphan rule (invariant S3). The calling command must
 * move the epoch (`changesRights: true`: agents may be suspended).
 */
export const deactivatePerson = async (
  ctx: CommandContext,
  personId: string,
): Promise<Deactivation> => {
  const { tx, now } = ctx;
  const { count } = await tx.person.updateMany({
    where: { id: personId, disabledAt: null },
    data: { disabledAt: now },
  });
  return {
    wasActive: count > 0,
    ...(await revokeTokensAndSessions(ctx, personId)),
    emergenciesEnded: await closeEmergencyOf(tx, personId, now),
    requestsWithdrawn: await withdrawRequests(tx, personId, now),
    ...orphanFacts(await applyOrphanRule(ctx, personId)),
  };
};

/**
 * Lets a person sign in again, with the roles they still have; what was cut stays cut. Answers whether
 * they were inactive.
 */
export const reactivatePerson = async (
  { tx }: CommandContext,
  personId: string,
): Promise<boolean> => {
  const { count } = await tx.person.updateMany({
    where: { id: personId, disabledAt: { not: null } },
    data: { disabledAt: null },
  });
  return count > 0;
};

/** Ends the emergency access that a person has open; answers how many there were (at most one). */
export const closeEmergencyOf = async (tx: Tx, personId: string, now: Date): Promise<number> => {
  const { count } = await tx.emergencyAccess.updateMany({
    where: { personId, endedAt: null },
    data: { endedAt: now },
  });
  return count;
};

const withdrawRequests = async (tx: Tx, personId: string, now: Date): Promise<number> => {
  const open = await tx.accessRequest.findMany({
    where: { requestedById: personId, state: { in: ['open', 'drafted'] } },
    select: { id: true, versionId: true },
  });
  if (open.length === 0) return 0;
  const decided = { decidedAt: now, decisionNote: GONE };
  const versionIds = open.flatMap(({ versionId }) => versionId ?? []);
  // A grant that was drafted for them must not be published any more.
  await tx.policyVersion.updateMany({
    where: { id: { in: versionIds }, state: 'in_review' },
    data: { ...decided, state: 'rejected' },
  });
  const { count } = await tx.accessRequest.updateMany({
    where: { id: { in: open.map(({ id }) => id) } },
    data: { ...decided, state: 'withdrawn' },
  });
  return count;
};
