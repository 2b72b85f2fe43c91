import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

import { leaveOut, UnsupportedOperationError } from './import-problem.js';
import { followRef } from './local-refs.js';
import { isJsonType } from './media-types.js';
import type { ParameterPlace, ParameterStyle } from './operation.js';
import { canSetHeader, isDescribedElsewhere, isToken } from './request-headers.js';
import { typesOf } from './schema-dialect.js';
import { Reference, type Draft } from './schema-definitions.js';
import type { SchemaImporter } from './schema-importer.js';

/** One argument of the tool, before it has a name of its own. */
export interface ImportedValue {
  name: string;
  schema: Draft;
  isRequired: boolean;
}

/** An argument that is a parameter of the request. */
export interface ImportedParameter extends ImportedValue {
  in: ParameterPlace;
  style: ParameterStyle;
  explode: boolean;
}

const STYLES: Readonly<Record<ParameterPlace, readonly ParameterStyle[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
};

/** The parameters of an operation, those of its path item included. */
export const importParameters = (
  document: JsonObject,
  lists: readonly (Json | undefined)[],
  schemas: SchemaImporter,
): ImportedParameter[] => {
  const byPlace = new Map<string, JsonObject>();
  for (const parameter of lists.flatMap((list) => (Array.isArray(list) ? list : []))) {
    const node = followRef(document, parameter);
    byPlace.set(JSON.stringify([node['in'], node['name']]), node); // the operation's own win
  }
  return [...byPlace.values()].flatMap((parameter) =>
    importIfPossible(document, parameter, schemas),
  );
};

/** What cannot be sent as it is described, and is not required, is not offered. */
const importIfPossible = (
  document: JsonObject,
  parameter: JsonObject,
  schemas: SchemaImporter,
): ImportedParameter[] => {
  const { name, in: place } = parameter;
  if (place === 'header' && typeof name === 'string' && isDescribedElsewhere(name)) return [];
  try {
    return [importParameter(document, parameter, schemas)];
  } catch (error) {
    const isNeeded = parameter['required'] === true || place === 'path';
    if (isNeeded || !(error instanceof UnsupportedOperationError)) throw error;
    return [];
  }
};

const importParameter = (
  document: JsonObject,
  parameter: JsonObject,
  schemas: SchemaImporter,
): ImportedParameter => {
  const { name, in: at, required } = parameter;
  if (typeof name !== 'string' || name === '') return leaveOut('one of its parameters has no name');
  const place = placeOf(at, name);
  const { schema, isJson } = schemaOf(parameter, name);
  const style = isJson ? 'json' : styleOf(parameter, place, name);
  const explode = explodeOf(parameter, style);
  if (!isJson) checkShape(document, schema, { name, place, style, explode });
  const imported = schemas.import(schema);
  const description = parameter['description'];
  return {
    name,
    in: place,
    style,
    explode,
    schema: described(imported, typeof description === 'string' ? description : undefined),
    isRequired: place === 'path' || required === true,
  };
};

const placeOf = (at: Json | undefined, name: string): ParameterPlace => {
  const shown = name.slice(0, 100);
  if (at === 'path' || at === 'query') return at;
  if (at === 'header')
    return canSetHeader(name)
      ? at
      : leaveOut(`it needs the header "${shown}", which no argument may set`);
  if (at === 'cookie') return isToken(name) ? at : leaveOut(`"${shown}" cannot be a cookie's name`);
  return leaveOut(`its parameter "${shown}" is in no place that a tool can fill`);
};

/** A parameter has a schema, or (`content`) is text of one media type. */
const schemaOf = (
  parameter: JsonObject,
  name: string,
): { schema: Json | undefined; isJson: boolean } => {
  const { schema, content } = parameter;
  if (schema !== undefined) return { schema, isJson: false };
  if (!isObject(content)) return { schema: { type: 'string' }, isJson: false };
  const [type = '', one] = Object.entries(content)[0] ?? [];
  if (!isJsonType(type) || !isObject(one))
    return leaveOut(`its parameter "${name.slice(0, 100)}" is of the type ${type.slice(0, 100)}`);
  return { schema: one['schema'] ?? true, isJson: true };
};

const styleOf = (parameter: JsonObject, place: ParameterPlace, name: string): ParameterStyle => {
  const [usual = 'simple'] = STYLES[place];
  const given = parameter['style'] ?? usual;
  return (
    STYLES[place].find((style) => style === given) ??
    leaveOut(`its parameter "${name.slice(0, 100)}" has the style ${JSON.stringify(given)}`)
  );
};

const explodeOf = ({ explode }: JsonObject, style: ParameterStyle): boolean =>
  typeof explode === 'boolean' ? explode : style === 'form' || style === 'deepObject';

/** Nothing but `deepObject` says how something inside of a list or an object is written. */
const checkShape = (
  document: JsonObject,
  schema: Json | undefined,
  to: { name: string; place: ParameterPlace; style: ParameterStyle; explode: boolean },
): void => {
  if (to.style === 'deepObject') return;
  const node = isObject(schema) ? followRef(document, schema) : {};
  const inner = isObject(node['items']) ? followRef(document, node['items']) : {};
  if (typesOf(inner).some((type) => type === 'array' || type === 'object'))
    leaveOut(`its parameter "${to.name.slice(0, 100)}" is a list of lists or objects`);
  const isList = typesOf(node).some((type) => type === 'array' || type === 'object');
  if (isList && to.place === 'cookie' && to.explode)
    leaveOut(`its cookie "${to.name.slice(0, 100)}" is a list or an object`);
};

const described = (schema: Draft, description: string | undefined): Draft => {
  if (description === undefined || typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema;
  return schema instanceof Reference
    ? new Reference(schema.name, { description, ...schema.beside })
    : { ...schema, description: schema['description'] ?? description };
};
