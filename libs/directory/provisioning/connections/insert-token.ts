import { raiseAlert } from '#libs/engine/alerts';
import { assertSettled, type CommandContext } from '#libs/engine/commands';
import {
  DAY_MS,
  DomainError,
  newId,
  personIdOf,
  roleNames,
  type Role,
} from '#libs/platform/kernel';
import { newScimToken } from '../scim-tokens.js';
import { privilegedRolesReached } from './roles-reached.js';

const MAX_LIVE_TOKENS = 20;

/** A token that was just made; `token` is shown to the person who asked for it, and nowhere else. */
export interface MadeToken {
  id: string;
  token: string;
  expiresAt: Date;
  /** Whether it works; else a second person must confirm it. */
  isActive: boolean;
}

/** What a token is to be. */
export interface NewToken {
  connection: { id: string; name: string };
  scopes: readonly string[];
  expiresInDays: number;
}

/**
 * Makes a token of a connection: only its hash is kept (invariant S1). One that a person makes and that
 * reaches privileged roles is inactive until `activate-scim-token`.
 */
export const insertToken = async (
  ctx: CommandContext,
  { connection, scopes, expiresInDays }: NewToken,
): Promise<MadeToken> => {
  const { tx, actor, now } = ctx;
  const live = { connectionId: connection.id, revokedAt: null, expiresAt: { gt: now } };
  if ((await tx.scimToken.count({ where: live })) >= MAX_LIVE_TOKENS)
    throw new DomainError('conflict', 'The connection has too many tokens. Revoke one first.');
  // A mapping of one of its groups that is being confirmed is in force before this asks, or shows this token.
  await tx.$queryRaw`SELECT 1 FROM scim_connection WHERE id = ${connection.id}::uuid FOR SHARE`;
  const roles = await privilegedRolesReached(tx, connection.id);
  const isActive = roles.length === 0 || actor.kind !== 'person';
  // Who cannot propose that it is activated would make a token that never works.
  if (!isActive) assertSettled(actor, { action: 'rotate', subject: 'ScimConnection' }, connection);
  const { token, hash, prefix } = newScimToken();
  const id = newId();
  const expiresAt = new Date(now.getTime() + expiresInDays * DAY_MS);
  await tx.scimToken.create({
    data: {
      id,
      connectionId: connection.id,
      tokenHash: hash,
      prefix,
      scopes: [...new Set(scopes)],
      createdById: personIdOf(actor),
      createdAt: now,
      activatedAt: isActive ? now : null,
      expiresAt,
    },
    select: { id: true },
  });
  if (roles.length > 0) await alertOfPrivileged(ctx, connection, roles);
  return { id, token, expiresAt, isActive };
};

// Who has such a token decides who is in the groups, and so who has the roles.
const alertOfPrivileged = async (
  { tx, now, actor }: CommandContext,
  { id, name }: NewToken['connection'],
  roles: readonly Role[],
): Promise<void> => {
  await raiseAlert(tx, now, {
    kind: 'privileged_token_created',
    subject: { kind: 'scim_connection', id },
    message: `${actor.name} made a SCIM token of ${name}, which reaches people with the role ${roleNames(roles)}.`,
    by: actor,
  });
};
