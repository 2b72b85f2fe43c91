import type { BindingWhereInput, Tx } from '#libs/platform/db';

/**
 * Removes bindings, and remembers whose they were at the issuer: tokens about people that were issued to a
 * client would otherwise become those of a client that nobody is bound to, which any agent may present
 * (invariant I13).
 */
export const removeBindings = async (
  tx: Tx,
  where: Pick<BindingWhereInput, 'id' | 'agentId'>,
  now: Date,
): Promise<void> => {
  const removed = await tx.binding.findMany({
    where: { ...where, issuerId: { not: null } },
    select: { issuerId: true, subject: true },
    orderBy: [{ issuerId: 'asc' }, { subject: 'asc' }],
  });
  for (const { issuerId, subject } of removed)
    if (issuerId !== null)
      await tx.unboundClient.upsert({
        where: { issuerId_clientId: { issuerId, clientId: subject } },
        create: { issuerId, clientId: subject, unboundAt: now },
        update: { unboundAt: now },
        select: { issuerId: true },
      });
  await tx.binding.deleteMany({ where });
};
