import { changeOfConnection } from '../connections.repository.js';
import { createScimTokenSchema } from '../connections.schemas.js';
import { insertToken } from '../insert-token.js';

/** Makes a SCIM token; its text is answered this once, and is in no entry. */
export class CreateScimToken extends changeOfConnection({
  name: 'create-scim-token',
  action: 'rotate',
  changesRights: false,
  input: createScimTokenSchema,
  async run(ctx, { id, scopes, expiresInDays }, connection) {
    const made = await insertToken(ctx, id, scopes, expiresInDays);
    return {
      output: { id, token: made.token },
      subject: connection,
      facts: { tokenId: made.id, scopes, expiresAt: made.expiresAt.toISOString() },
    };
  },
}) {}
