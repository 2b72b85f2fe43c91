import type { Json, JsonObject } from '#libs/platform/kernel';

import { importBody } from './import-body.js';
import {
  type ImportedArgument,
  type ImportedParameter,
  importParameters,
} from './import-parameters.js';
import { leaveOut } from './import-problem.js';
import {
  REST_METHODS,
  type RestMethod,
  type RestOperation,
  type RestTool,
  type SuggestedClassification,
} from './operation.js';
import { checkPathTemplate, placeholdersOf } from './path-template.js';
import { SchemaImporter } from './schema-importer.js';

const NAME = /^[A-Za-z0-9_.-]{1,64}$/;
const UNSAFE_ARGUMENT = new Set(['__proto__', '']);
const MAX_TEXT_LENGTH = 10_000;

/** Where an operation stands in its document. */
export interface FoundOperation {
  document: JsonObject;
  isVersion30: boolean;
  path: string;
  method: string;
  pathItem: JsonObject;
  operation: JsonObject;
}

/** One operation as a tool. @throws UnsupportedOperationError */
export const importOperation = (found: FoundOperation): RestTool => {
  const { document, operation, pathItem, path } = found;
  const name = nameOf(operation);
  const method = methodOf(found.method);
  checkPathTemplate(path);
  const schemas = new SchemaImporter(document, found.isVersion30);
  const parameters = importParameters(
    document,
    [pathItem['parameters'], operation['parameters']],
    schemas,
  );
  checkPlaceholders(path, parameters);
  const body = importBody(document, operation['requestBody'], schemas);
  if (body !== null && (method === 'GET' || method === 'HEAD'))
    leaveOut(`it is a ${method} with a body`);
  const classification = classificationOf(operation, method);
  return {
    name,
    title: textOf(operation['summary']),
    description: textOf(operation['description']) ?? textOf(operation['summary']),
    inputSchema: inputSchemaOf([...parameters, ...(body ?? [])]),
    annotations: {
      readOnlyHint: classification === 'read',
      destructiveHint: classification === 'destructive',
      idempotentHint: method !== 'POST' && method !== 'PATCH',
    },
    classification,
    operation: operationOf(method, path, parameters, body),
  };
};

const operationOf = (
  method: RestMethod,
  path: string,
  parameters: ImportedParameter[],
  body: ImportedArgument[] | null,
): RestOperation => ({
  method,
  path,
  parameters: parameters.map((parameter) => ({ name: parameter.name, in: parameter.in })),
  body: body?.map(({ name }) => name) ?? null,
});

const nameOf = ({ operationId }: JsonObject): string => {
  if (typeof operationId !== 'string') return leaveOut('it has no operationId to name the tool by');
  return NAME.test(operationId)
    ? operationId
    : leaveOut('its operationId is not 1 to 64 letters, digits, "_", "." or "-"');
};

const methodOf = (method: string): RestMethod =>
  REST_METHODS.find((known) => known === method.toUpperCase()) ??
  leaveOut(`its method ${method.toUpperCase()} cannot be a tool`);

const classificationOf = (operation: JsonObject, method: RestMethod): SuggestedClassification => {
  const said = operation['x-gatehouse-classification'];
  if (said === 'read' || said === 'write' || said === 'destructive') return said;
  if (said !== undefined)
    return leaveOut('its x-gatehouse-classification is not "read", "write" or "destructive"');
  if (method === 'GET' || method === 'HEAD') return 'read';
  return method === 'DELETE' ? 'destructive' : 'write';
};

const checkPlaceholders = (path: string, parameters: readonly ImportedParameter[]): void => {
  const declared = parameters
    .filter((parameter) => parameter.in === 'path')
    .map(({ name }) => name);
  const inTemplate = placeholdersOf(path);
  const missing = inTemplate.find((name) => !declared.includes(name));
  if (missing !== undefined) leaveOut(`its path has {${missing}}, which no parameter describes`);
  const unused = declared.find((name) => !inTemplate.includes(name));
  if (unused !== undefined) leaveOut(`its path parameter "${unused}" is not in its path`);
};

const inputSchemaOf = (all: readonly ImportedArgument[]): JsonObject => {
  const names = all.map(({ name }) => name);
  const clash = names.find((name, index) => names.indexOf(name) !== index);
  if (clash !== undefined) leaveOut(`two of its arguments are named "${clash}"`);
  if (names.some((name) => UNSAFE_ARGUMENT.has(name)))
    leaveOut('one of its arguments has an unsafe name');
  return {
    type: 'object',
    properties: Object.fromEntries(all.map(({ name, schema }): [string, Json] => [name, schema])),
    required: all.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    additionalProperties: false,
  };
};

const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, MAX_TEXT_LENGTH) : null;
