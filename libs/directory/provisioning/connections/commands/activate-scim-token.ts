import { command, type CommandContext } from '#libs/engine/commands';
import { idSchema } from '#libs/platform/http';
import { DomainError, roleNames } from '#libs/platform/kernel';
import { z } from 'zod';
import { lockToken } from '../connections.repository.js';
import { rotateScimTokenSchema } from '../connections.schemas.js';
import { endAfterOverlap } from '../replace-token.js';
import { privilegedRolesReached } from '../roles-reached.js';

const inputSchema = z.strictObject({
  id: idSchema,
  /** The token in whose place it is, which ends after the overlap. */
  replaces: rotateScimTokenSchema
    .pick({ overlapHours: true })
    .extend({ tokenId: idSchema })
    .nullable(),
});

/**
 * Lets a new SCIM token work, for the person who made it. It is asked for in the request that made the token
 * and never again: a token whose activation nobody confirmed never works.
 */
export class ActivateScimToken extends command({
  name: 'activate-scim-token',
  permission: { action: 'activate', subject: 'ScimToken' },
  changesRights: false,
  emergency: { rejected: 'what a provisioning client did would stay' },
  input: inputSchema,
  load: ({ tx }, { id }) => loadNewToken(tx, id),
  secondPerson: {
    when: 'the groups of its connection give a privileged role, or a holder of one is provisioned by it',
    async ask({ tx }, _, { connection }) {
      const roles = await privilegedRolesReached(tx, connection.id);
      if (roles.length === 0) return null;
      return {
        explanation: `Anybody who has this SCIM token of ${connection.name} decides what is said of people with the role ${roleNames(roles)}, and who else gets it by a group.`,
        roles: ['it', 'security'],
      };
    },
  },
  async run(ctx, { id, replaces }, { connection, prefix, scopes, createdAt, ...token }) {
    const { tx, now } = ctx;
    if (token.activatedAt !== null || token.revokedAt !== null || token.expiresAt <= now)
      throw new DomainError('conflict', 'This token works already, was revoked or has expired.');
    await tx.scimToken.update({
      where: { id },
      data: { activatedAt: now },
      select: { id: true },
    });
    return {
      output: { id },
      subject: { id, name: `${connection.name} (${prefix}…)` },
      facts: {
        connectionId: connection.id,
        scopes,
        createdAt: createdAt.toISOString(),
        expiresAt: token.expiresAt.toISOString(),
        ...(replaces === null ? {} : await endReplaced(ctx, connection.id, replaces)),
      },
    };
  },
}) {}

const loadNewToken = async (tx: CommandContext['tx'], id: string) => {
  await tx.$queryRaw`SELECT 1 FROM scim_token WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.scimToken.findUnique({
    where: { id },
    select: {
      id: true,
      prefix: true,
      scopes: true,
      createdById: true,
      createdAt: true,
      activatedAt: true,
      expiresAt: true,
      revokedAt: true,
      connection: { select: { id: true, name: true } },
    },
  });
};

// The token in whose place it is may have ended, or been revoked, while the new one waited.
const endReplaced = async (
  ctx: CommandContext,
  connectionId: string,
  { tokenId, overlapHours }: NonNullable<z.output<typeof inputSchema>['replaces']>,
) => {
  const old = await lockToken(ctx.tx, connectionId, tokenId);
  if (old.revokedAt !== null || old.expiresAt <= ctx.now) return { oldTokenId: tokenId };
  const end = await endAfterOverlap(ctx, old, overlapHours);
  return { oldTokenId: tokenId, oldExpiresAt: end.toISOString() };
};
