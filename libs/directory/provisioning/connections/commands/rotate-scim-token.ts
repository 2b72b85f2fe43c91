import { idSchema } from '#libs/platform/http';
import { changeOfConnection, lockToken } from '../connections.repository.js';
import { rotateScimTokenSchema } from '../connections.schemas.js';
import { insertToken } from '../insert-token.js';
import { assertReplaceable, endAfterOverlap } from '../replace-token.js';

/** Makes a token in the place of another, which goes on working for the overlap after the new one works. */
export class RotateScimToken extends changeOfConnection({
  name: 'rotate-scim-token',
  action: 'rotate',
  changesRights: false,
  emergency: { rejected: 'what a provisioning client did would stay' },
  input: rotateScimTokenSchema,
  params: { tokenId: idSchema },
  async run(ctx, { id, tokenId: oldTokenId, overlapHours, expiresInDays }, connection) {
    const old = await lockToken(ctx.tx, id, oldTokenId);
    assertReplaceable(old, ctx.now);
    const made = await insertToken(ctx, { connection, scopes: old.scopes, expiresInDays });
    const { id: tokenId, token, isActive } = made;
    const oldExpiresAt = isActive ? await endAfterOverlap(ctx, old, overlapHours) : old.expiresAt;
    return {
      output: { id: tokenId, token, isActive },
      subject: connection,
      facts: {
        tokenId,
        scopes: old.scopes,
        expiresAt: made.expiresAt.toISOString(),
        isActive,
        oldTokenId,
        oldExpiresAt: oldExpiresAt.toISOString(),
      },
    };
  },
}) {}
