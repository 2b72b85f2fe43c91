import type { Database } from '#libs/platform/db';
import {
  matchesBinding,
  type BindingCondition,
  type VerifiedToken,
} from '#libs/trust/token-verification';

/** The agent that a token names, and by which of its bindings. */
export interface NamedAgent {
  readonly agentId: string;
  readonly agentName: string;
  readonly bindingId: string;
  readonly bindingKind: 'subject' | 'client' | 'key';
}

const SELECT = {
  id: true,
  kind: true,
  subject: true,
  conditions: true,
  agent: { select: { id: true, name: true } },
} as const;

/** The agent of a verified token; null when none is named, or more than one binding (invariant I7). */
export const findAgent = (db: Database, token: VerifiedToken): Promise<NamedAgent | null> =>
  token.issuerId === null ? findOwn(db, token) : findBound(db, token, token.issuerId);

// Our own tokens name agent and binding themselves; both must still be there.
const findOwn = async (db: Database, { clientId, claims }: VerifiedToken) => {
  const bindingId = claims['binding_id'];
  if (typeof bindingId !== 'string' || clientId === null) return null;
  const row = await db.binding.findFirst({
    where: { id: bindingId, agentId: clientId },
    select: SELECT,
  });
  return row && named(row);
};

const findBound = async (db: Database, token: VerifiedToken, issuerId: string) => {
  const rows = await db.binding.findMany({
    where: {
      issuerId,
      OR: [
        { kind: 'subject', subject: token.subject },
        ...(token.clientId === null ? [] : [{ kind: 'client' as const, subject: token.clientId }]),
      ],
    },
    select: SELECT,
  });
  const matching = rows.filter(
    ({ kind, subject, conditions }) =>
      kind !== 'key' &&
      matchesBinding(token, {
        kind,
        issuerUrl: token.issuer,
        subject,
        conditions: conditions as unknown as BindingCondition[],
      }),
  );
  const [only] = matching;
  return only === undefined || matching.length > 1 ? null : named(only);
};

const named = (row: {
  id: string;
  kind: NamedAgent['bindingKind'];
  agent: { id: string; name: string };
}): NamedAgent => ({
  agentId: row.agent.id,
  agentName: row.agent.name,
  bindingId: row.id,
  bindingKind: row.kind,
});
