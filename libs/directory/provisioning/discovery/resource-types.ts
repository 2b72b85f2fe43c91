import type { Json, JsonObject } from '#libs/platform/kernel';
import { SCIM_PREFIX } from '../protocol/scim-protocol.js';
import type { Attribute, ResourceType, Schema } from '../schema/attribute.js';

const TYPE_URN = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
const SCHEMA_URN = 'urn:ietf:params:scim:schemas:core:2.0:Schema';

/** A resource type as /ResourceTypes shows it (RFC 7643 §6). */
export const toResourceType = (type: ResourceType, publicUrl: string): JsonObject => ({
  schemas: [TYPE_URN],
  id: type.name,
  name: type.name,
  endpoint: type.endpoint,
  description: type.experimental === true ? `${type.description} (experimental)` : type.description,
  schema: type.schema.id,
  schemaExtensions: type.extensions.map(({ id }) => ({ schema: id, required: false })),
  meta: {
    resourceType: 'ResourceType',
    location: `${publicUrl}${SCIM_PREFIX}/ResourceTypes/${type.name}`,
  },
});

/** A schema as /Schemas shows it (RFC 7643 §7). */
export const toSchema = (schema: Schema, publicUrl: string): JsonObject => ({
  schemas: [SCHEMA_URN],
  id: schema.id,
  name: schema.name,
  description: schema.description,
  attributes: schema.attributes.map(toAttribute),
  meta: {
    resourceType: 'Schema',
    location: `${publicUrl}${SCIM_PREFIX}/Schemas/${schema.id}`,
  },
});

const toAttribute = (attribute: Attribute): Json => {
  const { subAttributes, canonicalValues, referenceTypes, ...rest } = attribute;
  return {
    ...rest,
    ...(canonicalValues === undefined ? {} : { canonicalValues: [...canonicalValues] }),
    ...(referenceTypes === undefined ? {} : { referenceTypes: [...referenceTypes] }),
    ...(subAttributes === undefined ? {} : { subAttributes: subAttributes.map(toAttribute) }),
  };
};
