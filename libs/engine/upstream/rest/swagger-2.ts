import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

import { leaveOut } from './import-problem.js';
import { followRef } from './local-refs.js';

/** What a parameter of Swagger 2.0 says in the words of a schema. */
const SCHEMA_WORDS = [
  'type',
  'format',
  'items',
  'default',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'enum',
  'multipleOf',
];

type FoundHere = { document: JsonObject; pathItem: JsonObject; operation: JsonObject };

/** One operation of Swagger 2.0 in the words of OpenAPI 3.0, references left as they are. */
export const convertOperation = ({
  document,
  pathItem,
  operation,
}: FoundHere): { pathItem: JsonObject; operation: JsonObject } => {
  const all = new Map<string, JsonObject>();
  for (const list of [pathItem['parameters'], operation['parameters']])
    for (const one of Array.isArray(list) ? list : []) {
      const node = followRef(document, one);
      all.set(JSON.stringify([node['in'], node['name']]), node);
    }
  const parameters = [...all.values()];
  const consumes = typesOf(operation['consumes'] ?? document['consumes']);
  const produces = typesOf(operation['produces'] ?? document['produces']);
  const requestBody = bodyOf(parameters, consumes);
  const { parameters: _, responses, ...rest } = operation;
  return {
    pathItem: {},
    operation: {
      ...rest,
      parameters: parameters.filter(isPlain).map(convertParameter),
      ...(requestBody === null ? {} : { requestBody }),
      responses: convertResponses(document, responses, produces),
    },
  };
};

/** Host and base path as the one server that they name. */
export const serversOf = ({ host, basePath, schemes }: JsonObject): Json[] => {
  const path = typeof basePath === 'string' ? basePath : '/';
  if (typeof host !== 'string') return [{ url: path }];
  const isPlainHttp =
    Array.isArray(schemes) && !schemes.includes('https') && schemes.includes('http');
  return [{ url: `${isPlainHttp ? 'http' : 'https'}://${host}${path}` }];
};

const isPlain = ({ in: place }: JsonObject): boolean => place !== 'body' && place !== 'formData';

const convertParameter = (parameter: JsonObject): JsonObject => {
  const { name, in: place, required, description, collectionFormat, type } = parameter;
  return {
    ...defined({ name, in: place, required, description }),
    schema: schemaOf(parameter),
    ...(type === 'array' ? styleOf(place, collectionFormat) : {}),
  };
};

const schemaOf = (parameter: JsonObject): JsonObject =>
  defined(Object.fromEntries(SCHEMA_WORDS.map((word) => [word, parameter[word]])));

const defined = (object: Record<string, Json | undefined>): JsonObject =>
  Object.fromEntries(
    Object.entries(object).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );

const STYLES = new Map([
  ['multi', 'form'],
  ['ssv', 'spaceDelimited'],
  ['pipes', 'pipeDelimited'],
  ['tsv', 'tabDelimited'],
]);

/** `csv` is what no word means; `tsv` has no word in OpenAPI 3 and is left out as an unknown style. */
const styleOf = (place: Json | undefined, format: Json | undefined): JsonObject => {
  const style = typeof format === 'string' ? STYLES.get(format) : undefined;
  if (style !== undefined) return { style, explode: format === 'multi' };
  return place === 'query' || place === 'formData' ? { style: 'form', explode: false } : {};
};

const bodyOf = (parameters: readonly JsonObject[], consumes: string[]): JsonObject | null => {
  const body = parameters.find((parameter) => parameter['in'] === 'body');
  if (body !== undefined) {
    const types = consumes.length === 0 ? ['application/json'] : consumes;
    const content = Object.fromEntries(
      types.map((type) => [type, { schema: body['schema'] ?? {} }]),
    );
    return defined({ required: body['required'], description: body['description'], content });
  }
  const fields = parameters.filter((parameter) => parameter['in'] === 'formData');
  return fields.length === 0 ? null : formOf(fields, consumes);
};

const formOf = (fields: readonly JsonObject[], consumes: string[]): JsonObject => {
  const hasFile = fields.some(({ type }) => type === 'file');
  const isMultipart = hasFile || consumes.includes('multipart/form-data');
  const type = isMultipart ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  const required = fields.filter((field) => field['required'] === true);
  const schema: JsonObject = {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [nameOf(field), fieldOf(field)])),
    required: required.map(nameOf),
  };
  const encoding = Object.fromEntries(
    fields
      .filter((field) => field['type'] === 'array')
      .map((field) => [nameOf(field), styleOf('formData', field['collectionFormat'])]),
  );
  return { required: required.length > 0, content: { [type]: { schema, encoding } } };
};

const nameOf = ({ name }: JsonObject): string =>
  typeof name === 'string' && name !== '' ? name : leaveOut('a field of its form has no name');

const fieldOf = (field: JsonObject): JsonObject => {
  const { description } = field;
  return { ...schemaOf(field), ...(description === undefined ? {} : { description }) };
};

const convertResponses = (
  document: JsonObject,
  responses: Json | undefined,
  produces: string[],
): JsonObject =>
  Object.fromEntries(
    Object.entries(isObject(responses) ? responses : {}).map(([status, response]) => {
      const node = isObject(response) ? followRef(document, response) : {};
      const types = node['schema'] === undefined ? [] : produces;
      return [status, { content: Object.fromEntries(types.map((type) => [type, {}])) }];
    }),
  );

const typesOf = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value : []).filter((type) => typeof type === 'string');
