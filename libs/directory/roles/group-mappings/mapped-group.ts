import { holdersWhere } from '#libs/directory/people';
import type { Tx } from '#libs/platform/db';
import type { Json, Role } from '#libs/platform/kernel';
import { z } from 'zod';

const rowSchema = z.object({
  name: z.string(),
  memberCount: z.number().int(),
  /** Over who the members are. */
  membersDigest: z.string(),
});

/** A group as its mapping needs it. */
export type LoadedGroup = z.infer<typeof rowSchema>;

/** Loads a group and holds its row, which whoever adds or removes members takes. */
export const lockGroup = async (tx: Tx, id: string): Promise<LoadedGroup | null> => {
  await tx.$queryRaw`SELECT 1 FROM people_group WHERE id = ${id}::uuid FOR UPDATE`;
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT display_name AS name, count(person_id)::int AS "memberCount",
        md5(coalesce(string_agg(person_id::text, ',' ORDER BY person_id), '')) AS "membersDigest"
      FROM people_group LEFT JOIN group_member ON group_id = id
      WHERE id = ${id}::uuid GROUP BY id`;
  return z.array(rowSchema).parse(rows)[0] ?? null;
};

const NAMED = 50;

/** Who would have the role by this group and does not have it yet: the first of them by name, and how many there are. */
export const readNewHolders = async (tx: Tx, groupId: string, role: Role): Promise<Json> => {
  const where = { groups: { some: { groupId } }, NOT: holdersWhere(role) };
  const [count, people] = await Promise.all([
    tx.person.count({ where }),
    tx.person.findMany({
      where,
      select: { name: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: NAMED,
    }),
  ]);
  return { newHolders: people.map(({ name }) => name), newHolderCount: count };
};
