import type { Tx } from '#libs/platform/db';
import type { SignalSubject } from './read-event.js';

/** Who a subject is here: a person, or the agents that are bound to it; both empty for an unknown subject. */
export interface KnownSubject {
  personId: string | null;
  agentIds: readonly string[];
}

/** Finds whom a signal is about, by (issuer, subject) exactly (invariant I7). */
export const findSubject = async (tx: Tx, subject: SignalSubject | null): Promise<KnownSubject> => {
  if (subject === null) return { personId: null, agentIds: [] };
  const identity = await tx.personIdentity.findUnique({
    where: { issuer_subject: { issuer: subject.issuer, subject: subject.subject } },
    select: { personId: true },
  });
  const bindings = await tx.binding.findMany({
    where: {
      kind: { in: ['subject', 'client'] },
      subject: subject.subject,
      issuer: { url: subject.issuer },
    },
    select: { agentId: true },
    distinct: ['agentId'],
    orderBy: { agentId: 'asc' },
  });
  return { personId: identity?.personId ?? null, agentIds: bindings.map(({ agentId }) => agentId) };
};
