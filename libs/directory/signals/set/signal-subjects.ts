import type { Tx } from '#libs/platform/db';
import type { SignalSubject } from './read-subjects.js';

/** Who a subject is here: a person, or the agents that are bound to it; both empty for an unknown subject. */
export interface KnownSubject {
  personId: string | null;
  agentIds: readonly string[];
}

const NOBODY: KnownSubject = { personId: null, agentIds: [] };

/**
 * Finds whom a signal is about, by (issuer, subject) exactly (invariant I7). An e-mail address counts only
 * where the issuer is trusted for it, when nothing else names anybody, and when one person alone has it.
 * Names of two people are a mistake, and name nobody.
 */
export const findSubject = async (
  tx: Tx,
  subjects: readonly SignalSubject[],
  { namesByEmail }: { namesByEmail: boolean },
): Promise<KnownSubject> => {
  const people = new Set<string>();
  const agents = new Set<string>();
  for (const subject of subjects) {
    if (subject.kind !== 'issuer_subject') continue;
    const { personId, agentIds } = await findExactly(tx, subject);
    if (personId !== null) people.add(personId);
    for (const id of agentIds) agents.add(id);
  }
  if (namesByEmail && people.size + agents.size === 0)
    for (const subject of subjects)
      if (subject.kind === 'email')
        for (const id of await findByEmail(tx, subject.email)) people.add(id);
  if (people.size > 1) return NOBODY;
  const [personId = null] = people;
  return { personId, agentIds: [...agents].toSorted() };
};

const findExactly = async (
  tx: Tx,
  { issuer, subject }: Extract<SignalSubject, { kind: 'issuer_subject' }>,
): Promise<KnownSubject> => {
  const identity = await tx.personIdentity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { personId: true },
  });
  const bindings = await tx.binding.findMany({
    where: { kind: { in: ['subject', 'client'] }, subject, issuer: { url: issuer } },
    select: { agentId: true },
    distinct: ['agentId'],
  });
  return { personId: identity?.personId ?? null, agentIds: bindings.map(({ agentId }) => agentId) };
};

// Only ASCII letters fold: what the reader took holds no others, and the collation knows no others.
const findByEmail = async (tx: Tx, email: string): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM person
    WHERE lower(email COLLATE "C") = lower(${email}::text COLLATE "C") LIMIT 2`;
  return rows.map(({ id }) => id);
};
