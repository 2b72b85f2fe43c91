import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { assigned, locationOf, withMeta } from '../resource/meta.js';
import { GROUP } from '../schema/group.js';
import { USER } from '../schema/user.js';

/** A User's row as the database gives it. */
export interface UserRow {
  personId: string;
  userName: string;
  externalId: string | null;
  attributes: unknown;
  active: boolean;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  /** Since when the person is inactive, by whichever decision. */
  disabledAt: Date | null;
  /** Null where they were not read, or there are none. */
  groups: { id: string; displayName: string }[] | null;
  connectionId: string;
}

/** What the client said: the writable part of a User resource, which a PATCH changes. */
export const userAttributes = (row: UserRow): JsonObject =>
  assigned({
    userName: row.userName,
    externalId: row.externalId,
    active: row.active,
    ...(isObject(row.attributes) ? row.attributes : {}),
  });

/** The whole resource. */
export const toUserResource = (row: UserRow, publicUrl: string): JsonObject => {
  const groups = groupsOf(row, publicUrl);
  return withMeta(
    USER,
    publicUrl,
    { ...row, id: row.personId },
    {
      ...userAttributes(row),
      active: row.active && row.disabledAt === null,
      ...(groups.length === 0 ? {} : { groups }),
    },
  );
};

const groupsOf = (row: UserRow, publicUrl: string): Json[] =>
  (row.groups ?? []).map(({ id, displayName }) => ({
    value: id,
    $ref: locationOf(publicUrl, GROUP, id),
    display: displayName,
    type: 'direct',
  }));
