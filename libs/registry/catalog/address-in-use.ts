import type { CommandContext, SecondPerson } from '#libs/engine/commands';
import { hostOf } from '#libs/engine/upstream';
import { firstNames } from '#libs/platform/kernel';

/**
 * Whether somebody else must agree that a tool server has this address: at the same host another one is
 * registered, of which the actor is not the owner. A second registration has an id of its own, so what
 * policies and kill switches say of the first does not cover it (invariant P11). Other ports and paths count:
 * one service can answer on several.
 */
export const secondPersonForAddress = async (
  { tx, actor }: CommandContext,
  { id, url }: { id: string; url: string },
): Promise<SecondPerson | null> => {
  const host = hostOf(new URL(url));
  const servers = await tx.toolServer.findMany({
    where: { id: { not: id }, ownerId: { not: actor.id } },
    select: { slug: true, url: true, owner: { select: { id: true, disabledAt: true } } },
    orderBy: { slug: 'asc' },
  });
  const known = servers.filter((server) => hostOf(new URL(server.url)) === host);
  if (known.length === 0) return null;
  const owners = known.flatMap(({ owner }) => (owner.disabledAt === null ? [owner.id] : []));
  return {
    explanation: `${namesOf(known)} at the same host, ${host}: what policies and kill switches say of it would not cover this one.`,
    roles: ['security'],
    people: [...new Set(owners)],
  };
};

const MAX_NAMES = 3;

const namesOf = (servers: readonly { slug: string }[]): string => {
  const slugs = servers.map(({ slug }) => slug);
  return `${firstNames(slugs, MAX_NAMES)} ${servers.length === 1 ? 'is' : 'are'} registered`;
};
