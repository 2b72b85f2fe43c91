import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

import { fileSchema } from './file-argument.js';
import { flattenObject, type FlatMember } from './flatten-object.js';
import type { ImportedValue } from './import-parameters.js';
import { leaveOut } from './import-problem.js';
import { followRef } from './local-refs.js';
import { isMediaType } from './media-types.js';
import type { ParameterStyle } from './operation.js';
import { typesOf } from './schema-dialect.js';
import type { Draft } from './schema-definitions.js';
import type { SchemaImporter } from './schema-importer.js';

/** An argument that is a member of the body. */
export interface ImportedMember extends ImportedValue {
  style: ParameterStyle;
  explode: boolean;
  isFile: boolean;
  mediaType: string | null;
}

const FORM_STYLES: readonly ParameterStyle[] = [
  'form',
  'spaceDelimited',
  'pipeDelimited',
  'deepObject',
];

/** The members of a form. @throws UnsupportedOperationError where the document does not name them */
export const importFormMembers = (
  document: JsonObject,
  { schema, encoding }: { schema: Json | undefined; encoding: JsonObject },
  isMultipart: boolean,
  schemas: SchemaImporter,
): ImportedMember[] => {
  const members = flattenObject(document, schema ?? true, { isStrict: false });
  if (members === null) return leaveOut('its body is a form whose fields are not named');
  return members.map((member) => {
    const how = encoding[member.name];
    return importMember(document, member, isObject(how) ? how : {}, isMultipart, schemas);
  });
};

const importMember = (
  document: JsonObject,
  { name, parts, isRequired }: FlatMember,
  encoding: JsonObject,
  isMultipart: boolean,
  schemas: SchemaImporter,
): ImportedMember => {
  const [first] = parts;
  const contentType = encoding['contentType'];
  const mediaType =
    typeof contentType === 'string' && isMediaType(contentType) ? contentType : null;
  const file = isMultipart ? fileArgument(document, first, mediaType) : null;
  return {
    name,
    isRequired,
    isFile: file !== null,
    mediaType,
    schema: file ?? allOf(parts.map((part) => schemas.import(part))),
    ...styleOf(document, first, encoding, isMultipart),
  };
};

const fileArgument = (
  document: JsonObject,
  schema: Json | undefined,
  mediaType: string | null,
): JsonObject | null => {
  const node = isObject(schema) ? followRef(document, schema) : {};
  const text = node['description'];
  const description = typeof text === 'string' ? text : null;
  if (isBytes(node, mediaType)) return fileSchema(description, true);
  const { items } = node;
  if (node['type'] !== 'array' || !isObject(items)) return null;
  if (!isBytes(followRef(document, items), mediaType)) return null;
  return { type: 'array', items: fileSchema(description, true) };
};

/** `format: binary`; in 3.1 a media type without an encoding, or nothing but the part's media type. */
const isBytes = (node: JsonObject, mediaType: string | null): boolean => {
  if (node['format'] === 'binary' || node['type'] === 'file') return true;
  if (node['contentMediaType'] !== undefined) return node['contentEncoding'] === undefined;
  const isSilent = node['type'] === undefined && Object.keys(node).every((key) => PROSE.has(key));
  return isSilent && mediaType !== null && !/json|^text\//.test(mediaType);
};
const PROSE = new Set(['title', 'description', 'example', 'examples']);

/** Without a style an object is written as JSON, as OpenAPI says for both kinds of forms. */
const styleOf = (
  document: JsonObject,
  schema: Json | undefined,
  encoding: JsonObject,
  isMultipart: boolean,
): { style: ParameterStyle; explode: boolean } => {
  const { style, explode } = encoding;
  const given = FORM_STYLES.find((one) => one === style) ?? 'form';
  const isStyled = style !== undefined || explode !== undefined;
  const exploded = typeof explode === 'boolean' ? explode : given === 'form';
  if (isStyled && !isMultipart) return { style: given, explode: exploded };
  const node = isObject(schema) ? followRef(document, schema) : {};
  return typesOf(node).includes('object') || isObject(node['properties'])
    ? { style: 'json', explode: false }
    : { style: 'form', explode: true };
};

/** Several schemas of one member are one that says them all. */
export const allOf = (parts: Draft[]): Draft =>
  parts.length === 1 ? (parts[0] ?? true) : { allOf: parts };
