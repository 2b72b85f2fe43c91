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
  /** People here keep them out, whatever the client says. */
  disabledByPeople: boolean;
  /** As people here read it. */
  name: string;
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
      // `active` is what the client said: that people here keep somebody out is theirs, and no drift to mend.
      ...userAttributes(row),
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
