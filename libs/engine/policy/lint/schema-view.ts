import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';
import { resolvePointer } from '../arguments/schema-pointer.js';
import { typesOf, valuesOf, type JsonType } from './schema-types.js';

/** What a tool's schema says about one argument, as far as a policy's author must know. */
export interface ArgumentView {
  /** `open`: the schema takes anything here, so nothing can be said. */
  readonly declared: 'yes' | 'open' | 'no';
  readonly canBeMissing: boolean;
  /** Null: any type. */
  readonly types: ReadonlySet<JsonType> | null;
  /** The only values it can have, from `enum` or `const`; null when there is no such list. */
  readonly values: readonly Json[] | null;
  /** The schemas that it may be evaluated by. */
  readonly schemas: readonly JsonObject[];
}

interface Lookup {
  readonly schemas: readonly JsonObject[];
  readonly required: boolean;
  readonly defaulted: boolean;
  /** The schema names no property at all, or takes any under names of the caller's choice. */
  readonly open: boolean;
}

const NOT_FOUND: Lookup = { schemas: [], required: false, defaulted: false, open: false };
const MAX_IN_PLACE_DEPTH = 32;

/** Follows a path through `properties`, references and combinators. */
export function viewArgument(document: JsonObject, segments: readonly string[]): ArgumentView {
  let schemas: readonly JsonObject[] = [document];
  let canBeMissing = false;
  for (const segment of segments) {
    const found = schemas.map((schema) => lookUp(document, schema, segment, 0));
    schemas = found.flatMap((one) => one.schemas);
    if (schemas.length === 0) {
      const open = found.some((one) => one.open);
      return {
        declared: open ? 'open' : 'no',
        canBeMissing: true,
        types: null,
        values: null,
        schemas,
      };
    }
    canBeMissing ||= found.some((one) => !one.required && !one.defaulted);
  }
  return describe(document, schemas, canBeMissing);
}

/** The view of an array's elements. */
export function viewElements(document: JsonObject, array: ArgumentView): ArgumentView {
  const schemas = array.schemas.flatMap((schema) =>
    inPlace(document, schema, 0).flatMap(({ items, prefixItems }) =>
      [items, ...(Array.isArray(prefixItems) ? prefixItems : [])].flat().filter(isObject),
    ),
  );
  return describe(document, schemas, false);
}

function describe(
  document: JsonObject,
  schemas: readonly JsonObject[],
  canBeMissing: boolean,
): ArgumentView {
  const resolve = (reference: string): Json | undefined => resolvePointer(document, reference);
  return {
    declared: schemas.length === 0 ? 'open' : 'yes',
    canBeMissing,
    types: unionOf(schemas.map((schema) => typesOf(schema, resolve))),
    values: listOf(schemas.map((schema) => valuesOf(schema, resolve))),
    schemas,
  };
}

function lookUp(document: JsonObject, schema: JsonObject, name: string, depth: number): Lookup {
  if (depth > MAX_IN_PLACE_DEPTH) return { ...NOT_FOUND, open: true };
  const deeper = (part: Json | undefined): Lookup =>
    isObject(part) ? lookUp(document, part, name, depth + 1) : NOT_FOUND;
  const { $ref, allOf, anyOf, oneOf, then, else: otherwise, dependentSchemas } = schema;
  const referred = typeof $ref === 'string' ? resolvePointer(document, $ref) : undefined;
  const together = [own(schema, name), ...[referred, ...listed(allOf)].map(deeper)];
  const alternatives = [anyOf, oneOf]
    .filter((list) => list !== undefined)
    .map((list) => listed(list).map(deeper));
  const perhaps = [
    then,
    otherwise,
    ...(isObject(dependentSchemas) ? Object.values(dependentSchemas) : []),
  ].map(deeper);
  const all = [...together, ...alternatives.flat(), ...perhaps];
  return {
    schemas: all.flatMap((one) => one.schemas),
    required:
      together.some((one) => one.required) ||
      alternatives.some((branches) => branches.length > 0 && branches.every((one) => one.required)),
    // Ajv fills defaults in where a schema always applies, not in alternatives.
    defaulted: together.some((one) => one.defaulted),
    open: all.some((one) => one.open),
  };
}

function own(schema: JsonObject, name: string): Lookup {
  const { properties, patternProperties, additionalProperties, required } = schema;
  const declared =
    isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  const isRequired = Array.isArray(required) && required.includes(name);
  if (declared !== undefined) {
    const defaulted = isObject(declared) && declared['default'] !== undefined;
    return {
      schemas: [isObject(declared) ? declared : {}],
      required: isRequired,
      defaulted,
      open: false,
    };
  }
  const map =
    isObject(additionalProperties) && Object.keys(additionalProperties).length > 0
      ? [additionalProperties]
      : [];
  const namesNothing =
    properties === undefined && schema['type'] === 'object' && additionalProperties !== false;
  return {
    schemas: map,
    required: isRequired,
    defaulted: false,
    open: namesNothing || patternProperties !== undefined || isDeclaredOpen(schema),
  };
}

/** It takes anything under names of the caller's choice, or refers to what we do not know. */
const isDeclaredOpen = (schema: JsonObject): boolean =>
  [schema['additionalProperties'], schema['unevaluatedProperties']].some(
    (more) => more === true || (isObject(more) && Object.keys(more).length === 0),
  ) ||
  (typeof schema['$ref'] === 'string' && !/^#(\/|$)/.test(schema['$ref'])) ||
  schema['$dynamicRef'] !== undefined;

function inPlace(document: JsonObject, schema: JsonObject, depth: number): JsonObject[] {
  if (depth > MAX_IN_PLACE_DEPTH) return [];
  const { $ref, allOf, anyOf, oneOf } = schema;
  const referred = typeof $ref === 'string' ? resolvePointer(document, $ref) : undefined;
  const parts = [referred, ...listed(allOf), ...listed(anyOf), ...listed(oneOf)].filter(isObject);
  return [schema, ...parts.flatMap((part) => inPlace(document, part, depth + 1))];
}

function unionOf(sets: readonly (ReadonlySet<JsonType> | null)[]): ReadonlySet<JsonType> | null {
  const known = sets.filter((set) => set !== null);
  return known.length < sets.length || known.length === 0
    ? null
    : new Set(known.flatMap((set) => [...set]));
}

function listOf(lists: readonly (readonly Json[] | null)[]): readonly Json[] | null {
  const known = lists.filter((list) => list !== null);
  return known.length < lists.length || known.length === 0 ? null : known.flat();
}

const listed = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
