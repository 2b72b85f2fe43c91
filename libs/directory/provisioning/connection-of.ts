import type { CommandContext } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';

/**
 * The connection that a command acts for. Its token is looked at again, and held: a command commits
 * before the token's revocation does, or not at all.
 */
export const heldConnection = async ({ tx, actor, now }: CommandContext): Promise<string> => {
  if (actor.kind !== 'scim')
    throw new DomainError('forbidden', 'Only a provisioning client provisions.');
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM scim_token WHERE id = ${actor.tokenId}::uuid AND connection_id = ${actor.id}::uuid
      AND revoked_at IS NULL AND expires_at > ${now} FOR SHARE`;
  if (rows.length > 0) return actor.id;
  throw new DomainError('unauthenticated', 'The SCIM token was revoked or has expired.');
};
