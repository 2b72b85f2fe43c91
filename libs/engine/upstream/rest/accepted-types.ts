import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

import { followRef } from './local-refs.js';
import { bareType, isJsonType, isMediaType } from './media-types.js';

const JSON_TYPE = 'application/json';
const MAX_TYPES = 5;

/** The `Accept` of an operation: JSON where the document knows some or knows nothing, else what it lists. */
export const acceptOf = (document: JsonObject, responses: Json | undefined): string => {
  const types = successesOf(responses).flatMap((response) => typesOf(document, response));
  if (types.length === 0 || types.some((type) => bareType(type) === JSON_TYPE)) return JSON_TYPE;
  const inJson = types.filter(isJsonType);
  const offered = [...new Set(inJson.length > 0 ? inJson : types)].filter(isMediaType);
  return offered.length === 0 ? '*/*' : offered.slice(0, MAX_TYPES).join(', ');
};

const successesOf = (responses: Json | undefined): Json[] =>
  Object.entries(isObject(responses) ? responses : {})
    .filter(([status]) => status.startsWith('2') || status === 'default')
    .map(([, response]) => response);

const typesOf = (document: JsonObject, response: Json): string[] => {
  const { content } = isObject(response) ? followRef(document, response) : {};
  return Object.keys(isObject(content) ? content : {});
};
