import type { CommandContext } from '#libs/engine/commands';
import { DomainError, HOUR_MS } from '#libs/platform/kernel';
import type { lockToken } from './connections.repository.js';

type LockedToken = Awaited<ReturnType<typeof lockToken>>;

/** Rejects a token that works no more, or does not yet. @throws DomainError `conflict` */
export const assertReplaceable = (
  { activatedAt, revokedAt, expiresAt }: LockedToken,
  now: Date,
): void => {
  if (activatedAt === null)
    throw new DomainError(
      'conflict',
      'This token does not work yet, or never will: make a new one.',
    );
  if (revokedAt !== null || expiresAt <= now)
    throw new DomainError('conflict', 'This token is of no use any more. Make a new one.');
};

/** Has a token end after the overlap with the one that works in its place from now on; answers when. */
export const endAfterOverlap = async (
  { tx, now }: CommandContext,
  { id, expiresAt }: LockedToken,
  overlapHours: number,
): Promise<Date> => {
  const end = new Date(now.getTime() + overlapHours * HOUR_MS);
  // Rotating never lets a token live longer than it would have.
  if (end >= expiresAt) return expiresAt;
  await tx.scimToken.update({ where: { id }, data: { expiresAt: end }, select: { id: true } });
  return end;
};
