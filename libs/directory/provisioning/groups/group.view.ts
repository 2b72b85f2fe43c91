import type { Json, JsonObject } from '#libs/platform/kernel';
import { assigned, locationOf, withMeta, type ResourceRow } from '../resource/meta.js';
import { GROUP } from '../schema/group.js';
import { USER } from '../schema/user.js';

/** A Group's row. */
export interface GroupRow extends ResourceRow {
  displayName: string;
  externalId: string | null;
  connectionId: string | null;
}

/** A member as the resource shows it. */
export interface MemberRow {
  groupId: string;
  personId: string;
  name: string;
}

/** What the client said of the group itself, without its members. */
export const groupAttributes = ({ displayName, externalId }: GroupRow): JsonObject =>
  assigned({ displayName, externalId });

/** The whole resource; without members when they were not read. */
export const toGroupResource = (
  row: GroupRow,
  members: readonly MemberRow[] | null,
  publicUrl: string,
): JsonObject =>
  withMeta(GROUP, publicUrl, row, {
    ...groupAttributes(row),
    ...(members === null || members.length === 0
      ? {}
      : { members: members.map((member) => toMember(member, publicUrl)) }),
  });

const toMember = ({ personId, name }: MemberRow, publicUrl: string): Json => ({
  value: personId,
  $ref: locationOf(publicUrl, USER, personId),
  display: name,
  type: 'User',
});
