import { changeOf } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { DomainError } from '#libs/platform/kernel';

/** A delegation as commands need it; the name says who granted it to which agent. */
export interface LoadedDelegation {
  id: string;
  personId: string;
  agentId: string;
  name: string;
  withdrawnAt: Date | null;
}

/** Loads a delegation and holds its row. */
export const lockDelegation = async (tx: Tx, id: string): Promise<LoadedDelegation | null> => {
  await tx.$queryRaw`SELECT 1 FROM delegation WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.delegation.findUnique({
    where: { id },
    select: {
      id: true,
      personId: true,
      agentId: true,
      withdrawnAt: true,
      agent: { select: { name: true } },
    },
  });
  if (row === null) return null;
  const { agent, ...delegation } = row;
  return { ...delegation, name: agent.name };
};

/** Takes one delegation back. */
export const withdrawDelegation = async (
  tx: Tx,
  { id, withdrawnAt }: LoadedDelegation,
  now: Date,
): Promise<void> => {
  if (withdrawnAt !== null) {
    throw new DomainError('conflict', 'This delegation was withdrawn already.');
  }
  await tx.delegation.update({ where: { id }, data: { withdrawnAt: now }, select: { id: true } });
};

/** A change of one delegation: its row is held while it is made. */
export const changeOfDelegation = changeOf('Delegation', ({ tx }, id) => lockDelegation(tx, id));
