import { raiseAlert } from '#libs/engine/alerts';
import type { CommandContext } from '#libs/engine/commands';
import { DAY_MS, DomainError, newId, personIdOf } from '#libs/platform/kernel';
import { newScimToken } from '../scim-tokens.js';

const MAX_LIVE_TOKENS = 20;

/** A token that was just made; `token` is shown to the person who asked for it, and nowhere else. */
export interface MadeToken {
  id: string;
  token: string;
  prefix: string;
  expiresAt: Date;
}

/** Makes a token of a connection: only its hash is kept (invariant S1). */
export const insertToken = async (
  ctx: CommandContext,
  connectionId: string,
  scopes: readonly string[],
  expiresInDays: number,
): Promise<MadeToken> => {
  const { tx, actor, now } = ctx;
  const live = { connectionId, revokedAt: null, expiresAt: { gt: now } };
  if ((await tx.scimToken.count({ where: live })) >= MAX_LIVE_TOKENS)
    throw new DomainError('conflict', 'The connection has too many tokens. Revoke one first.');
  const { token, hash, prefix } = newScimToken();
  const id = newId();
  const expiresAt = await endOf(ctx, expiresInDays);
  await tx.scimToken.create({
    data: {
      id,
      connectionId,
      tokenHash: hash,
      prefix,
      scopes: [...new Set(scopes)],
      createdById: personIdOf(actor),
      createdAt: now,
      expiresAt,
    },
    select: { id: true },
  });
  await alertOfPrivileged(ctx, connectionId);
  return { id, token, prefix, expiresAt };
};

// Who has such a token decides who is in the groups, and so who has the roles.
const alertOfPrivileged = async (
  { tx, now, actor }: CommandContext,
  connectionId: string,
): Promise<void> => {
  const mappings = await tx.groupMapping.findMany({
    where: { state: 'active', group: { connectionId } },
    select: { role: true, group: { select: { connection: { select: { name: true } } } } },
    distinct: ['role'],
    orderBy: { role: 'asc' },
  });
  const [first] = mappings;
  if (first === undefined) return;
  const roles = mappings.map(({ role }) => role).join(', ');
  await raiseAlert(tx, now, {
    kind: 'privileged_token_created',
    subject: { kind: 'scim_connection', id: connectionId },
    message: `${actor.name} made a SCIM token of ${first.group.connection?.name ?? 'a connection'}, whose groups give the role ${roles}.`,
    by: actor,
  });
};

// What somebody makes with an emergency's rights must not outlive them.
const endOf = async ({ tx, actor, now }: CommandContext, expiresInDays: number): Promise<Date> => {
  const requested = new Date(now.getTime() + expiresInDays * DAY_MS);
  if (actor.kind !== 'person' || actor.coolingOffRoles?.includes('it') !== true) return requested;
  const emergency = await tx.emergencyAccess.findFirst({
    where: { personId: actor.id, endedAt: null },
    select: { expiresAt: true },
  });
  return emergency !== null && emergency.expiresAt < requested ? emergency.expiresAt : requested;
};
