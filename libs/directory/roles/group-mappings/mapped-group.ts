import { holdersWhere } from '#libs/directory/people';
import type { Tx } from '#libs/platform/db';
import type { Json, Role } from '#libs/platform/kernel';
import { z } from 'zod';

const rowSchema = z.object({
  name: z.string(),
  memberCount: z.number().int(),
  /** Over who the members are. */
  membersDigest: z.string(),
  /** Over the SCIM tokens that decide who the members are. */
  tokensDigest: z.string(),
});

/** A group as its mapping needs it. */
export type LoadedGroup = z.infer<typeof rowSchema>;

/**
 * Loads a group and holds its row, which anybody who adds or removes members takes, and its connection's, which anybody who
 * makes a token takes: a token is shown to who confirms the mapping, or needs a second person of its own.
 */
export const lockGroup = async (tx: Tx, id: string): Promise<LoadedGroup | null> => {
  await tx.$queryRaw`
    SELECT 1 FROM scim_connection
    WHERE id = (SELECT connection_id FROM people_group WHERE id = ${id}::uuid) FOR NO KEY UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM people_group WHERE id = ${id}::uuid FOR UPDATE`;
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT display_name AS name, count(person_id)::int AS "memberCount",
        md5(coalesce(string_agg(person_id::text, ',' ORDER BY person_id), '')) AS "membersDigest",
        (SELECT md5(coalesce(string_agg(token.id::text, ',' ORDER BY token.id), ''))
          FROM scim_token token WHERE token.connection_id = people_group.connection_id
            AND activated_at IS NOT NULL AND revoked_at IS NULL) AS "tokensDigest"
      FROM people_group LEFT JOIN group_member ON group_id = id
      WHERE id = ${id}::uuid GROUP BY id`;
  return z.array(rowSchema).parse(rows)[0] ?? null;
};

const NAMED = 50;

/**
 * What a mapping would do: who would have the role by this group and does not have it yet (the first of them by name,
 * and how many there are), and which SCIM tokens decide who else gets it.
 */
export const readMappingEffect = async (
  tx: Tx,
  { groupId, role, now }: { groupId: string; role: Role; now: Date },
): Promise<Json> => {
  const where = { groups: { some: { groupId } }, NOT: holdersWhere(role) };
  const count = await tx.person.count({ where });
  const people = await tx.person.findMany({
    where,
    select: { name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: NAMED,
  });
  const scimTokens = await tokensOf(tx, groupId, now);
  return { newHolders: people.map(({ name }) => name), newHolderCount: count, scimTokens };
};

// Tokens that exist already work on: anybody who confirms the mapping is told of them.
const tokensOf = async (tx: Tx, groupId: string, now: Date): Promise<string[]> => {
  const tokens = await tx.scimToken.findMany({
    where: {
      connection: { groups: { some: { id: groupId } } },
      activatedAt: { not: null },
      revokedAt: null,
      expiresAt: { gt: now },
    },
    select: {
      prefix: true,
      scopes: true,
      createdById: true,
      connection: { select: { name: true } },
    },
    orderBy: { id: 'asc' },
  });
  const makers = await tx.person.findMany({
    where: { id: { in: tokens.flatMap(({ createdById }) => createdById ?? []) } },
    select: { id: true, name: true },
  });
  const nameOf = (id: string | null) => makers.find((one) => one.id === id)?.name ?? 'the system';
  return tokens.map(
    ({ prefix, scopes, createdById, connection }) =>
      `${connection.name} ${prefix}… (${scopes.join(', ')}), made by ${nameOf(createdById)}`,
  );
};
