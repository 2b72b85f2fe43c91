import type { CommandContext } from '#libs/engine/commands';
import { z } from 'zod';
import { badRequest } from '../errors.js';
import type { MemberChange } from './group-patch.js';

/** Who came and who went. */
export interface MembersMoved {
  added: string[];
  removed: string[];
}

/** How long a change of as many members as a group may have can take on a busy machine. */
export const MANY_MEMBERS_MS = 30_000;

const idRowsSchema = z.array(z.object({ id: z.uuid() }));
const idsOf = (rows: unknown[]): string[] => idRowsSchema.parse(rows).map(({ id }) => id);

/** Changes a group's members one change after the other; each costs what it changes, not what there is. */
export const moveMembers = async (
  ctx: CommandContext,
  connectionId: string,
  groupId: string,
  changes: readonly MemberChange[],
): Promise<MembersMoved> => {
  const added = new Set<string>();
  const removed = new Set<string>();
  for (const change of changes) {
    for (const id of await remove(ctx, groupId, change)) {
      if (!added.delete(id)) removed.add(id);
    }
    for (const id of await add(ctx, connectionId, groupId, change)) {
      if (!removed.delete(id)) added.add(id);
    }
  }
  return { added: [...added], removed: [...removed] };
};

const remove = async (
  { tx }: CommandContext,
  groupId: string,
  change: MemberChange,
): Promise<string[]> => {
  switch (change.kind) {
    case 'add':
      return [];
    case 'remove':
      return idsOf(
        await tx.$queryRaw`DELETE FROM group_member WHERE group_id = ${groupId}::uuid
          AND person_id = ANY(${[...change.ids]}::uuid[]) RETURNING person_id AS id`,
      );
    case 'remove-all':
      return idsOf(
        await tx.$queryRaw`DELETE FROM group_member WHERE group_id = ${groupId}::uuid
          RETURNING person_id AS id`,
      );
    case 'set':
      return idsOf(
        await tx.$queryRaw`DELETE FROM group_member WHERE group_id = ${groupId}::uuid
          AND NOT person_id = ANY(${[...change.ids]}::uuid[]) RETURNING person_id AS id`,
      );
  }
};

const add = async (
  { tx, now }: CommandContext,
  connectionId: string,
  groupId: string,
  change: MemberChange,
): Promise<string[]> => {
  if ((change.kind !== 'add' && change.kind !== 'set') || change.ids.length === 0) return [];
  const ids = [...change.ids];
  // The rows are locked: a person removed from provisioning at the same time comes before or after.
  const known = new Set(
    idsOf(
      await tx.$queryRaw`SELECT person_id AS id FROM scim_user
        WHERE person_id = ANY(${ids}::uuid[]) AND connection_id = ${connectionId}::uuid
        ORDER BY person_id FOR KEY SHARE`,
    ),
  );
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined)
    throw badRequest('invalidValue', `There is no User ${unknown}: a member is one of yours.`);
  return idsOf(
    await tx.$queryRaw`INSERT INTO group_member (group_id, person_id, added_at)
      SELECT ${groupId}::uuid, id, ${now} FROM unnest(${ids}::uuid[]) AS given(id)
      ON CONFLICT DO NOTHING RETURNING person_id AS id`,
  );
};
