import type { CommandContext } from '#libs/engine/commands';
import { withdrawDelegationsOf } from '#libs/directory/delegations';
import { endSessionsOf } from '#libs/trust/sign-in';

/** What was taken from a person; counts, for the facts of the calling command's entry. */
export interface RevokedAccess {
  sessionsEnded: number;
  delegationsWithdrawn: number;
}

/**
 * Takes from a person whatever lets anybody act as them: console sessions, tokens about them that were
 * issued until now, and standing delegations. The calling command must move the epoch (`changesRights`).
 */
export const revokeTokensAndSessions = async (
  { tx, now }: CommandContext,
  personId: string,
): Promise<RevokedAccess> => {
  await tx.person.update({
    where: { id: personId },
    data: { tokensRevokedBefore: now },
    select: { id: true },
  });
  return {
    sessionsEnded: await endSessionsOf(tx, personId),
    delegationsWithdrawn: await withdrawDelegationsOf(tx, { personId }, now),
  };
};
