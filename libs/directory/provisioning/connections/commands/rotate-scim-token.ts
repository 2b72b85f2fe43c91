import { idSchema } from '#libs/platform/http';
import { HOUR_MS, DomainError } from '#libs/platform/kernel';
import { changeOfConnection, lockToken } from '../connections.repository.js';
import { rotateScimTokenSchema } from '../connections.schemas.js';
import { insertToken } from '../insert-token.js';

/** Makes a token in the place of another, which goes on working for the overlap and no longer. */
export class RotateScimToken extends changeOfConnection({
  name: 'rotate-scim-token',
  action: 'rotate',
  changesRights: false,
  input: rotateScimTokenSchema,
  params: { tokenId: idSchema },
  async run(ctx, { id, tokenId, overlapHours, expiresInDays }, connection) {
    const { tx, now } = ctx;
    const old = await lockToken(tx, id, tokenId);
    if (old.revokedAt !== null || old.expiresAt <= now)
      throw new DomainError('conflict', 'This token is of no use any more. Make a new one.');
    const end = new Date(now.getTime() + overlapHours * HOUR_MS);
    // Rotating never lets a token live longer than it would have.
    const expiresAt = end < old.expiresAt ? end : old.expiresAt;
    await tx.scimToken.update({
      where: { id: tokenId },
      data: { expiresAt },
      select: { id: true },
    });
    const made = await insertToken(ctx, id, old.scopes, expiresInDays);
    return {
      output: { id, token: made.token },
      subject: connection,
      facts: {
        tokenId: made.id,
        scopes: old.scopes,
        expiresAt: made.expiresAt.toISOString(),
        oldTokenId: tokenId,
        oldExpiresAt: expiresAt.toISOString(),
      },
    };
  },
}) {}
