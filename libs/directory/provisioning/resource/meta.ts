import type { Json, JsonObject } from '#libs/platform/kernel';
import { etagOf } from '../protocol/etag.js';
import { SCIM_PREFIX } from '../protocol/scim-protocol.js';
import type { ResourceType } from '../schema/attribute.js';

/** What every resource's row has besides its attributes. */
export interface ResourceRow {
  id: string;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

/** Addresses of resources under the installation's public origin. */
export const locationOf = (publicUrl: string, type: ResourceType, id: string): string =>
  `${publicUrl}${SCIM_PREFIX}${type.endpoint}/${id}`;

/** A whole resource: its attributes, and what is ours to say of it. */
export const withMeta = (
  type: ResourceType,
  publicUrl: string,
  row: ResourceRow,
  attributes: JsonObject,
): JsonObject => {
  const extensions = type.extensions.map(({ id }) => id).filter((id) => id in attributes);
  return {
    schemas: [type.schema.id, ...extensions],
    id: row.id,
    ...attributes,
    meta: {
      resourceType: type.name,
      created: row.createdAt.toISOString(),
      lastModified: row.updatedAt.toISOString(),
      location: locationOf(publicUrl, type, row.id),
      version: etagOf(row.version),
    },
  };
};

/** The object without what is undefined or null: SCIM leaves unassigned attributes out. */
export const assigned = (object: Record<string, Json | undefined>): JsonObject =>
  Object.fromEntries(
    Object.entries(object).filter(
      (entry): entry is [string, Json] => entry[1] !== undefined && entry[1] !== null,
    ),
  );
