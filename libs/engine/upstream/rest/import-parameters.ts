import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

import { leaveOut } from './import-problem.js';
import { followRef } from './local-refs.js';
import type { SchemaImporter } from './schema-importer.js';

/** One argument of the tool, wherever it goes. */
export interface ImportedArgument {
  name: string;
  schema: Json;
  isRequired: boolean;
}

/** An argument that goes into the path or the query. */
export interface ImportedParameter extends ImportedArgument {
  in: 'path' | 'query';
}

/** The path and query parameters of an operation, those of its path item included. */
export const importParameters = (
  document: JsonObject,
  lists: readonly (Json | undefined)[],
  schemas: SchemaImporter,
): ImportedParameter[] => {
  const byPlace = new Map<string, JsonObject>();
  for (const parameter of lists.flatMap((list) => (Array.isArray(list) ? list : []))) {
    const { node } = followRef(document, parameter);
    byPlace.set(JSON.stringify([node['in'], node['name']]), node); // the operation's own win
  }
  return [...byPlace.values()].flatMap((parameter) => importParameter(parameter, schemas));
};

const importParameter = (parameter: JsonObject, schemas: SchemaImporter): ImportedParameter[] => {
  const { name, in: place, required } = parameter;
  if (typeof name !== 'string' || name === '') return leaveOut('one of its parameters has no name');
  if (place !== 'path' && place !== 'query')
    return required === true
      ? leaveOut(
          `it requires the ${typeof place === 'string' ? place : 'odd'} parameter "${name}", which a tool cannot send`,
        )
      : [];
  if (parameter['schema'] === undefined)
    return leaveOut(`its parameter "${name}" is described by "content" and not by a schema`);
  const schema = schemas.import(parameter['schema']);
  checkStyle(parameter, name, place, typesOf(schema));
  const described =
    isObject(schema) &&
    schema['description'] === undefined &&
    typeof parameter['description'] === 'string'
      ? { ...schema, description: parameter['description'] }
      : schema;
  return [
    { name, in: place, schema: described, isRequired: place === 'path' || required === true },
  ];
};

/** Only the default styles: `simple` for scalars in the path, `form` and exploded in the query. */
const checkStyle = (
  parameter: JsonObject,
  name: string,
  place: 'path' | 'query',
  types: readonly Json[],
): void => {
  const style = parameter['style'] ?? (place === 'path' ? 'simple' : 'form');
  if (style !== (place === 'path' ? 'simple' : 'form'))
    leaveOut(`its parameter "${name}" has the style ${JSON.stringify(style)}`);
  if (types.includes('object')) leaveOut(`its ${place} parameter "${name}" is an object`);
  if (types.includes('array') && (place === 'path' || parameter['explode'] === false))
    leaveOut(`its ${place} parameter "${name}" is a list in a form that is not supported`);
};

const typesOf = (schema: Json): readonly Json[] => {
  const type = isObject(schema) ? schema['type'] : undefined;
  return Array.isArray(type) ? type : type === undefined ? [] : [type];
};
