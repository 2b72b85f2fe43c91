import type { Database } from '#libs/platform/db';
import { z } from 'zod';

const rowSchema = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  connectionName: z.string(),
  scopes: z.array(z.string()),
  expiresAt: z.date(),
  revokedAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
});

/** The token with this hash, and whose it is: asked with every request, so in one statement. */
export const findToken = async (
  db: Pick<Database, '$queryRaw'>,
  hash: Uint8Array,
): Promise<z.infer<typeof rowSchema> | null> => {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT t.id, t.connection_id AS "connectionId", c.name AS "connectionName", t.scopes,
      t.expires_at AS "expiresAt", t.revoked_at AS "revokedAt", t.last_used_at AS "lastUsedAt"
    FROM scim_token t JOIN scim_connection c ON c.id = t.connection_id WHERE t.token_hash = ${hash}`;
  return z.array(rowSchema).parse(rows)[0] ?? null;
};
