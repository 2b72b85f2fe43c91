import type { PersonIdentityUncheckedCreateInput, Tx } from '#libs/platform/db';

/** Links an identity to a person inside the caller's transaction: they sign in as it from then on. */
export const insertIdentity = async (
  tx: Tx,
  identity: PersonIdentityUncheckedCreateInput,
): Promise<void> => {
  await tx.personIdentity.create({ data: identity, select: { personId: true } });
};

/**
 * Unlinks what was linked to a person by a claim: a person provisioned again under the same immutable
 * claim is somebody new here.
 */
export const unlinkClaimedIdentities = async (tx: Tx, personId: string): Promise<void> => {
  await tx.personIdentity.deleteMany({ where: { personId, linkedBy: 'claim' } });
};
