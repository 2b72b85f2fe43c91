import type { CommandContext } from '#libs/engine/commands';

/**
 * Deactivates a person: they sign in no more, and every library ends what acts for them or waits for them
 * (invariant S3). The calling command must move the epoch (`changesRights: true`: agents may be suspended).
 * Answers whether they were active; what was still open ends all the same.
 */
export const deactivatePerson = async (ctx: CommandContext, personId: string): Promise<boolean> => {
  const { count } = await ctx.tx.person.updateMany({
    where: { id: personId, disabledAt: null },
    data: { disabledAt: ctx.now },
  });
  await revokeTokensOf(ctx, personId);
  await ctx.endAccess({ kind: 'person', id: personId, reason: 'deactivated' });
  return count > 0;
};

/**
 * Takes from a person whatever lets anybody act as them now: console sessions, tokens about them that were
 * issued until now, and delegations. The calling command must move the epoch (`changesRights`).
 */
export const signOutEverywhere = async (ctx: CommandContext, personId: string): Promise<void> => {
  await revokeTokensOf(ctx, personId);
  await ctx.endAccess({ kind: 'person', id: personId, reason: 'signed_out' });
};

/**
 * Lets a person sign in again, with the roles they still have, which cool off anew; revoked tokens and delegations
 * stay revoked. Answers whether they were inactive.
 */
export const reactivatePerson = async (
  { tx, now }: CommandContext,
  personId: string,
): Promise<boolean> => {
  const { count } = await tx.person.updateMany({
    where: { id: personId, disabledAt: { not: null } },
    data: { disabledAt: null, enabledAt: now, disabledByPeople: false, stoppedBySecurity: false },
  });
  return count > 0;
};

/** Has people keep somebody out: no provisioning client lets them in again. */
export const keepOut = async (
  { tx }: CommandContext,
  personId: string,
  stoppedBySecurity: boolean,
): Promise<void> => {
  await tx.person.update({
    where: { id: personId },
    data: { disabledByPeople: true, stoppedBySecurity },
    select: { id: true },
  });
};

/** Lets their provisioning client say again whether they are active. */
export const leaveToClient = async ({ tx }: CommandContext, personId: string): Promise<void> => {
  await tx.person.update({
    where: { id: personId },
    data: { disabledByPeople: false, stoppedBySecurity: false },
    select: { id: true },
  });
};

const revokeTokensOf = async ({ tx, now }: CommandContext, personId: string): Promise<void> => {
  await tx.person.update({
    where: { id: personId },
    data: { tokensRevokedBefore: now },
    select: { id: true },
  });
};
