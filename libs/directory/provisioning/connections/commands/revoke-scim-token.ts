import { idSchema } from '#libs/platform/http';
import { changeOfConnection, lockToken } from '../connections.repository.js';
import { revokeScimTokenSchema } from '../connections.schemas.js';

/** Revokes a SCIM token: no command of it commits after this one. */
export class RevokeScimToken extends changeOfConnection({
  name: 'revoke-scim-token',
  action: 'revoke',
  changesRights: false,
  emergency: { stays: 'it takes rights away' },
  input: revokeScimTokenSchema,
  params: { tokenId: idSchema },
  async run({ tx, now }, { id, tokenId, reason }, connection) {
    const { revokedAt } = await lockToken(tx, id, tokenId);
    if (revokedAt === null) {
      await tx.scimToken.update({
        where: { id: tokenId },
        data: { revokedAt: now },
        select: { id: true },
      });
    }
    return {
      output: { id },
      subject: connection,
      facts: { tokenId, wasActive: revokedAt === null },
      reason,
    };
  },
}) {}
