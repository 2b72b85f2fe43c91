import type { CommandContext } from '#libs/engine/commands';
import type { Tx } from '#libs/platform/db';
import type { JsonObject } from '#libs/platform/kernel';
import { z } from 'zod';
import { badRequest, notUnique } from '../errors.js';
import { asText } from '../resource/read-value.js';
import { folded } from '../users/user.columns.js';
import type { GroupRow } from './group.view.js';

/** A Group that a command acts on. */
export type LoadedGroup = { id: string; row: GroupRow };

/** The group's own columns. */
export interface GroupColumns {
  displayName: string;
  displayNameFolded: string;
  externalId: string | null;
}

const MAX_NAME = 256;

const rowSchema = z.object({
  id: z.uuid(),
  displayName: z.string(),
  externalId: z.string().nullable(),
  connectionId: z.uuid().nullable(),
  version: z.int(),
  createdAt: z.date(),
  updatedAt: z.date(),
}) satisfies z.ZodType<GroupRow>;

/** The columns of a resource that was read by its schema. */
export const toGroupColumns = (resource: JsonObject): GroupColumns => {
  const displayName = asText(resource['displayName']).trim();
  if (
    displayName === '' ||
    displayName.length > MAX_NAME ||
    /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(displayName)
  )
    throw badRequest(
      'invalidValue',
      `displayName must be one line of at most ${MAX_NAME} characters.`,
    );
  const { externalId } = resource;
  return {
    displayName,
    displayNameFolded: folded(displayName),
    externalId: typeof externalId === 'string' ? externalId : null,
  };
};

/** Loads and locks a Group of this connection; another connection's is not there. */
export const lockGroup = async (
  tx: Tx,
  connectionId: string,
  id: string,
): Promise<LoadedGroup | null> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT id, display_name AS "displayName", external_id AS "externalId",
      connection_id AS "connectionId", version, created_at AS "createdAt", updated_at AS "updatedAt"
    FROM people_group WHERE id = ${id}::uuid AND connection_id = ${connectionId}::uuid FOR UPDATE`;
  const row = z.array(rowSchema).parse(rows)[0];
  return row === undefined ? null : { id, row };
};

/** Rejects a name that another group has already, of whichever connection, without saying whose it is. */
export const assertGroupNameIsFree = async (
  tx: Tx,
  { displayNameFolded }: GroupColumns,
  ownId: string,
): Promise<void> => {
  const taken = await tx.group.count({ where: { displayNameFolded, id: { not: ownId } } });
  if (taken > 0) throw notUnique('displayName');
};

/** Makes a group without members. */
export const insertGroup = async (
  { tx, now }: CommandContext,
  connectionId: string,
  id: string,
  columns: GroupColumns,
): Promise<void> => {
  await tx.group.create({
    data: { ...columns, id, connectionId, createdAt: now, updatedAt: now },
    select: { id: true },
  });
};

/** Writes what a client says of a group now, as the next version. */
export const updateGroup = async (
  { tx, now }: CommandContext,
  id: string,
  columns: GroupColumns,
): Promise<void> => {
  await tx.group.update({
    where: { id },
    data: { ...columns, version: { increment: 1 }, updatedAt: now },
    select: { id: true },
  });
};
