import type { SecondPerson } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import type { NewBinding } from '../bindings/bindings.schemas.js';
import { readOwnKey } from '../bindings/own-key.js';
import { SECURITY } from './confirmers.js';

/**
 * Security confirms that a subject, a client or a key is bound that an agent has or had which security stopped:
 * else its software would go on as another agent. Null: it is no such one.
 */
export const askForStoppedIdentity = async (
  tx: Tx,
  binding: NewBinding,
  agentId: string | null,
): Promise<SecondPerson | null> => {
  const identity = await identityOf(binding);
  const stopped = await tx.agent.findFirst({
    where: {
      stoppedBySecurity: true,
      ...(agentId === null ? {} : { id: { not: agentId } }),
      OR: [{ bindings: { some: identity } }, { removedBindings: { some: identity } }],
    },
    orderBy: { id: 'asc' },
    select: { name: true },
  });
  if (stopped === null) return null;
  return {
    explanation: `Security stopped the agent ${stopped.name}, which has or had this ${binding.kind}: bound to another agent, the same software could go on.`,
    ...SECURITY,
  };
};

// Whatever the kind: a token of one client may have the same name as its subject.
const identityOf = async (
  binding: NewBinding,
): Promise<{ issuerId: string | null; subject: string }> => {
  if (binding.kind === 'key') {
    const { thumbprint } = await readOwnKey(binding.publicKey);
    return { issuerId: null, subject: thumbprint };
  }
  const { issuerId } = binding;
  return { issuerId, subject: binding.kind === 'client' ? binding.clientId : binding.subject };
};
