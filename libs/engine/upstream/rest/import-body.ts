import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

import { fileSchema } from './file-argument.js';
import { flattenObject } from './flatten-object.js';
import { allOf, importFormMembers, type ImportedMember } from './import-form.js';
import type { ImportedValue } from './import-parameters.js';
import { leaveOut } from './import-problem.js';
import { followRef } from './local-refs.js';
import { bareType, isJsonType, isMediaType, isTextType } from './media-types.js';
import type { BodyFormat } from './operation.js';
import type { SchemaImporter } from './schema-importer.js';

/** The argument that is a whole body. */
export const WHOLE_BODY = 'body';

/** What of a tool's arguments makes the body: members of it, or one argument that is all of it. */
export interface ImportedBody {
  format: BodyFormat;
  mediaType: string;
  isRequired: boolean;
  members: ImportedMember[] | null;
  whole: ImportedValue | null;
}

/** One of the forms in which a document says that a body may be sent. */
interface Content {
  type: string;
  schema: Json | undefined;
  encoding: JsonObject;
}

/**
 * An operation's body, in the form that keeps most of it: JSON (its members side by side where the schema is
 * a plain object, else the argument `body`), a form, multipart with files, text, or bytes. Null where there
 * is none. @throws UnsupportedOperationError
 */
export const importBody = (
  document: JsonObject,
  requestBody: Json | undefined,
  schemas: SchemaImporter,
): ImportedBody | null => {
  if (requestBody === undefined) return null;
  const { content, required, description } = followRef(document, requestBody);
  const found = bestOf(document, content);
  if (found === undefined)
    return required === true ? leaveOut('its body is of no type that a tool can send') : null;
  const body = { isRequired: required === true, description };
  switch (formatOf(document, found)) {
    case 'json':
      return jsonBody(document, found, body, schemas);
    case 'form':
    case 'multipart':
      return formBody(document, found, body, schemas);
    case 'text':
      return wholeBody('text', found.type, body, textSchema(found.type));
    case 'binary':
      return wholeBody('binary', concrete(found.type, 'application/octet-stream'), body, null);
  }
};

interface Body {
  isRequired: boolean;
  description: Json | undefined;
}

const bestOf = (document: JsonObject, content: Json | undefined): Content | undefined => {
  const found = Object.entries(isObject(content) ? content : {}).flatMap(([type, value]) => {
    if (!isObject(value)) return [];
    const node = followRef(document, value);
    const encoding = node['encoding'];
    return [{ type, schema: node['schema'], encoding: isObject(encoding) ? encoding : {} }];
  });
  const ranks = found.map(({ type }) => rankOf(type));
  return found[ranks.indexOf(Math.min(...ranks))];
};

/** The less, the better: what keeps types, then what is a form, then bytes. */
const rankOf = (type: string): number => {
  const bare = bareType(type);
  if (bare === 'application/json') return 0;
  if (bare === 'application/merge-patch+json') return 1;
  if (isJsonType(type)) return bare === 'application/json-patch+json' ? 3 : 2;
  if (bare === 'application/x-www-form-urlencoded') return 4;
  if (bare === 'multipart/form-data') return 5;
  if (bare === '*/*') return 6;
  return isTextType(type) ? 7 : 8;
};

const formatOf = (document: JsonObject, { type, schema }: Content): BodyFormat => {
  const bare = bareType(type);
  if (isJsonType(type)) return 'json';
  if (bare === 'application/x-www-form-urlencoded') return 'form';
  if (bare.startsWith('multipart/')) {
    return bare === 'multipart/form-data' ? 'multipart' : leaveOut(`its body is ${bare}`);
  }
  if (isTextType(type)) return 'text';
  // Any type: JSON, unless it is said to be bytes.
  return /^(?:\*|application)\/\*$/.test(bare) && !isBinary(document, schema) ? 'json' : 'binary';
};

/** Whether a schema says bytes: `format: binary`, or (3.1) a media type without an encoding. */
export const isBinary = (document: JsonObject, schema: Json | undefined): boolean => {
  const node = isObject(schema) ? followRef(document, schema) : {};
  if (node['type'] === 'file' || node['format'] === 'binary') return true;
  return node['contentMediaType'] !== undefined && node['contentEncoding'] === undefined;
};

const concrete = (type: string, otherwise: string): string =>
  isMediaType(type) ? type : otherwise;

const textSchema = (type: string): JsonObject => ({
  type: 'string',
  description: `The body, as ${bareType(type)}.`,
});

const jsonBody = (
  document: JsonObject,
  { type, schema }: Content,
  body: Body,
  schemas: SchemaImporter,
): ImportedBody => {
  const mediaType = concrete(type, 'application/json');
  const flat = flattenObject(document, schema ?? true, { isStrict: true });
  if (flat === null) return wholeBody('json', mediaType, body, schema ?? true, schemas);
  const members = flat.map(({ name, parts, isRequired }): ImportedMember => ({
    name,
    schema: allOf(parts.map((part) => schemas.import(part))),
    isRequired,
    style: 'json',
    explode: false,
    isFile: false,
    mediaType: null,
  }));
  return { format: 'json', mediaType, isRequired: body.isRequired, members, whole: null };
};

const formBody = (
  document: JsonObject,
  content: Content,
  { isRequired }: Body,
  schemas: SchemaImporter,
): ImportedBody => {
  const isMultipart = bareType(content.type) === 'multipart/form-data';
  const members = importFormMembers(document, content, isMultipart, schemas);
  const format = isMultipart ? 'multipart' : 'form';
  return { format, mediaType: bareType(content.type), isRequired, members, whole: null };
};

const wholeBody = (
  format: BodyFormat,
  mediaType: string,
  { isRequired, description }: Body,
  schema: Json | null,
  schemas?: SchemaImporter,
): ImportedBody => {
  const text = typeof description === 'string' ? description : null;
  const imported = schema === null ? fileSchema(text, false) : (schemas?.import(schema) ?? schema);
  const whole = { name: WHOLE_BODY, schema: imported, isRequired };
  return { format, mediaType, isRequired, members: null, whole };
};
