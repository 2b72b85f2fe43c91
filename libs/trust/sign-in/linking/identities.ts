import type { PersonIdentityUncheckedCreateInput, Tx } from '#libs/platform/db';

/** Links an identity to a person inside the caller's transaction: they sign in as it from then on. */
export const insertIdentity = async (
  tx: Tx,
  identity: PersonIdentityUncheckedCreateInput,
): Promise<void> => {
  await tx.personIdentity.create({ data: identity, select: { personId: true } });
};

/** Confirms links by a claim: all that wait, or this one. Answers how many there were. */
export const confirmIdentities = async (
  tx: Tx,
  personId: string,
  now: Date,
  identity: { issuer: string; subject: string } | null = null,
): Promise<number> => {
  const waits = { personId, linkedBy: 'claim', confirmedAt: null } as const;
  const { count } = await tx.personIdentity.updateMany({
    where: { ...waits, ...identity },
    data: { confirmedAt: now },
  });
  return count;
};

/** Unlinks a link by a claim that nobody has confirmed; answers whether it was there. */
export const unlinkUnconfirmed = async (
  tx: Tx,
  personId: string,
  { issuer, subject }: { issuer: string; subject: string },
): Promise<boolean> => {
  const { count } = await tx.personIdentity.deleteMany({
    where: { personId, issuer, subject, linkedBy: 'claim', confirmedAt: null },
  });
  return count > 0;
};

/**
 * Unlinks what was linked to a person by a claim: a person provisioned again under the same immutable
 * claim is somebody new here.
 */
export const unlinkClaimedIdentities = async (tx: Tx, personId: string): Promise<void> => {
  await tx.personIdentity.deleteMany({ where: { personId, linkedBy: 'claim' } });
};
