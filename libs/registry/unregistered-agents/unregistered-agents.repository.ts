import { changeOf } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';

/** An agent as commands need it. */
export interface LoadedUnregisteredAgent {
  id: string;
  issuerId: string;
  subject: string;
  clientId: string;
  blockedAt: Date | null;
  stoppedBySecurity: boolean;
}

/** Loads an agent and holds its row. */
export const lockUnregisteredAgent = async (
  tx: Tx,
  id: string,
): Promise<LoadedUnregisteredAgent | null> => {
  await tx.$queryRaw`SELECT 1 FROM unregistered_agent WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.unregisteredAgent.findUnique({
    where: { id },
    select: {
      id: true,
      issuerId: true,
      subject: true,
      clientId: true,
      blockedAt: true,
      stoppedBySecurity: true,
    },
  });
};

/** How people and the ledger call it. */
export const unregisteredAgentName = ({ subject, clientId }: LoadedUnregisteredAgent): string =>
  clientId === '' || clientId === subject ? subject : `${subject} by ${clientId}`;

/** A change of one agent in the inbox: its row is held while it is made. */
export const changeOfUnregisteredAgent = changeOf('UnregisteredAgent', ({ tx }, id) =>
  lockUnregisteredAgent(tx, id),
);
