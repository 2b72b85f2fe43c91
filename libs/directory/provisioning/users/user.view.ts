import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { assigned, locationOf, withMeta } from '../resource/meta.js';
import { GROUP } from '../schema/group.js';
import { ENTERPRISE_URN, USER } from '../schema/user.js';

/** A User's row as the database gives it. */
export interface UserRow {
  personId: string;
  userName: string;
  externalId: string | null;
  attributes: unknown;
  active: boolean;
  /** Whether the client says so still. */
  activeStated: boolean;
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
  /** Null where the client named none, or nobody whom it provisions. */
  manager: { id: string; name: string } | null;
  connectionId: string;
}

/** What the client said: the writable part of a User resource, which a PATCH changes. */
export const userAttributes = (row: UserRow): JsonObject =>
  assigned({
    userName: row.userName,
    externalId: row.externalId,
    active: row.activeStated ? row.active : null,
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
      ...withManager(row, publicUrl),
      ...(groups.length === 0 ? {} : { groups }),
    },
  );
};

// The name and the address of a manager are ours to say (RFC 7643 §4.3).
const withManager = (row: UserRow, publicUrl: string): JsonObject => {
  const attributes = userAttributes(row);
  const enterprise = attributes[ENTERPRISE_URN];
  if (row.manager === null || !isObject(enterprise) || !isObject(enterprise['manager']))
    return attributes;
  const manager = {
    ...enterprise['manager'],
    $ref: locationOf(publicUrl, USER, row.manager.id),
    displayName: row.manager.name,
  };
  return { ...attributes, [ENTERPRISE_URN]: { ...enterprise, manager } };
};

const groupsOf = (row: UserRow, publicUrl: string): Json[] =>
  (row.groups ?? []).map(({ id, displayName }) => ({
    value: id,
    $ref: locationOf(publicUrl, GROUP, id),
    display: displayName,
    type: 'direct',
  }));
