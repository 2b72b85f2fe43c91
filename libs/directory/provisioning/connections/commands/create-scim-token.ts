import { changeOfConnection } from '../connections.repository.js';
import { createScimTokenSchema } from '../connections.schemas.js';
import { insertToken } from '../insert-token.js';

/** Makes a SCIM token; its text is answered this once, and is in no entry. */
export class CreateScimToken extends changeOfConnection({
  name: 'create-scim-token',
  action: 'rotate',
  changesRights: false,
  emergency: { rejected: 'what a provisioning client did would stay' },
  input: createScimTokenSchema,
  async run(ctx, { scopes, expiresInDays }, connection) {
    const made = await insertToken(ctx, { connection, scopes, expiresInDays });
    const { id: tokenId, token, isActive } = made;
    return {
      output: { id: tokenId, token, isActive },
      subject: connection,
      facts: { tokenId, scopes, expiresAt: made.expiresAt.toISOString(), isActive },
    };
  },
}) {}
