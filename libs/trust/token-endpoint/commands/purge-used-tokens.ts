import { command } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import { HOUR_MS } from '#libs/platform/kernel';
import { z } from 'zod';

const inputSchema = z.strictObject({});

/** How many rows of a kind one run takes at most. */
export const PURGE_BATCH = 10_000;
// Longer than any issuer's clock tolerance: what is still valid somewhere must not be purged.
const KEEP_MS = HOUR_MS;

/** What expired before this timestamp may be deleted. */
export const purgeBefore = (now: Date): Date => new Date(now.getTime() - KEEP_MS);

/** How many rows one run deleted. */
export interface PurgedTokens {
  usedTokenIds: number;
  revokedTokens: number;
}

/** Deletes the records of used and revoked tokens that have expired since. */
export class PurgeUsedTokens extends command({
  name: 'purge-used-tokens',
  permission: { action: 'retire', subject: 'AccessToken' },
  changesRights: false,
  actors: 'system',
  input: inputSchema,
  load: () => ({ issuer: 'any' }),
  async run({ tx, now }) {
    const before = purgeBefore(now);
    const output = {
      usedTokenIds: await deleteUsed(tx, before),
      revokedTokens: await deleteRevoked(tx, before),
    };
    return { output, subject: { id: 'expired', name: 'expired tokens' }, facts: { ...output } };
  },
}) {}

const deleteUsed = (tx: Tx, before: Date): Promise<number> => tx.$executeRaw`
  DELETE FROM used_token_id WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM used_token_id WHERE expires_at < ${before} LIMIT ${PURGE_BATCH}))`;

const deleteRevoked = (tx: Tx, before: Date): Promise<number> => tx.$executeRaw`
  DELETE FROM revoked_token WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM revoked_token WHERE expires_at < ${before} LIMIT ${PURGE_BATCH}))`;
