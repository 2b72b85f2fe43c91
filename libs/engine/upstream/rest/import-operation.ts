import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

import { acceptOf } from './accepted-types.js';
import { argumentNames, type ArgumentName } from './argument-names.js';
import { importBody, type ImportedBody } from './import-body.js';
import { importParameters, type ImportedParameter } from './import-parameters.js';
import { leaveOut } from './import-problem.js';
import {
  REST_METHODS,
  type RestBody,
  type RestMethod,
  type RestTool,
  type SuggestedClassification,
} from './operation.js';
import type { NamedOperation } from './operation-names.js';
import { basePathOf } from './operation-servers.js';
import { checkPathTemplate, placeholdersOf } from './path-template.js';
import type { Draft } from './schema-definitions.js';
import { SchemaImporter } from './schema-importer.js';

const MAX_TEXT_LENGTH = 10_000;
// What is larger is not pinned (libs/engine/policy); a definition without prose inside may yet be small enough.
const MAX_SCHEMA_LENGTH = 64 * 1024;

/** Where an operation stands in its document. */
export interface FoundOperation extends NamedOperation {
  document: JsonObject;
  isVersion30: boolean;
  pathItem: JsonObject;
}

/** One operation as a tool. @throws UnsupportedOperationError */
export const importOperation = (found: FoundOperation, name: string, registered: URL): RestTool => {
  const full = importWith(found, name, registered, { isBrief: false });
  return JSON.stringify(full.inputSchema).length <= MAX_SCHEMA_LENGTH
    ? full
    : importWith(found, name, registered, { isBrief: true });
};

const importWith = (
  found: FoundOperation,
  name: string,
  registered: URL,
  { isBrief }: { isBrief: boolean },
): RestTool => {
  const { document, isVersion30, operation, pathItem } = found;
  const method = methodOf(found.method);
  // Some documents tell operations of one path apart by what stands behind a "#", which is never sent.
  const path = found.path.replace(/#.*$/s, '');
  checkPathTemplate(path);
  const basePath = basePathOf(document, [pathItem['servers'], operation['servers']], registered);
  const schemas = new SchemaImporter(document, { isVersion30, isBrief });
  const lists = [pathItem['parameters'], operation['parameters']];
  const parameters = importParameters(document, lists, schemas);
  checkPlaceholders(path, parameters);
  const body = bodyOf(found, method, schemas);
  const named = argumentNames(parameters, body);
  const classification = classificationOf(operation, method);
  return {
    name,
    title: textOf(operation['summary']),
    description: textOf(operation['description']) ?? textOf(operation['summary']),
    inputSchema: inputSchemaOf(parameters, body, named, schemas),
    annotations: {
      readOnlyHint: classification === 'read',
      destructiveHint: classification === 'destructive',
      idempotentHint: method !== 'POST' && method !== 'PATCH',
    },
    classification,
    operation: {
      method,
      path,
      basePath,
      parameters: parameters.map(({ name: inRequest, in: place, style, explode }) => ({
        argument: named(place, inRequest),
        name: inRequest,
        in: place,
        style,
        explode,
      })),
      body: body === null ? null : restBody(body, named),
      accept: acceptOf(document, operation['responses']),
    },
  };
};

/** HTTP gives the body of a GET no meaning: one that is not required is not offered. */
const bodyOf = (
  { document, operation }: FoundOperation,
  method: RestMethod,
  schemas: SchemaImporter,
): ImportedBody | null => {
  const requestBody = operation['requestBody'];
  if (method !== 'GET' && method !== 'HEAD') return importBody(document, requestBody, schemas);
  if (isObject(requestBody) && requestBody['required'] === true)
    leaveOut(`it is a ${method} with a body`);
  return null;
};

const restBody = (body: ImportedBody, named: ArgumentName): RestBody => ({
  format: body.format,
  mediaType: body.mediaType,
  isRequired: body.isRequired,
  argument: body.whole === null ? null : named('body', body.whole.name),
  members:
    body.members?.map(({ name, style, explode, isFile, mediaType }) => ({
      argument: named('body', name),
      name,
      style,
      explode,
      isFile,
      mediaType,
    })) ?? null,
});

const methodOf = (method: string): RestMethod =>
  REST_METHODS.find((known) => known === method.toUpperCase()) ??
  leaveOut(`its method ${method.toUpperCase()} cannot be a tool`);

const classificationOf = (operation: JsonObject, method: RestMethod): SuggestedClassification => {
  const said = operation['x-gatehouse-classification'];
  if (said === 'read' || said === 'write' || said === 'destructive') return said;
  if (said !== undefined)
    return leaveOut('its x-gatehouse-classification is not "read", "write" or "destructive"');
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return 'read';
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

const inputSchemaOf = (
  parameters: readonly ImportedParameter[],
  body: ImportedBody | null,
  named: ArgumentName,
  schemas: SchemaImporter,
): JsonObject => {
  const inBody = body === null ? [] : body.whole === null ? (body.members ?? []) : [body.whole];
  const all: { name: string; schema: Draft; isRequired: boolean }[] = [
    ...parameters.map((one) => ({ ...one, name: named(one.in, one.name) })),
    ...inBody.map((one) => ({ ...one, name: named('body', one.name) })),
  ];
  const { schemas: written, definitions } = schemas.finish(all.map(({ schema }) => schema));
  return {
    type: 'object',
    properties: Object.fromEntries(
      all.map(({ name }, index): [string, Json] => [name, written[index] ?? true]),
    ),
    required: all.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    additionalProperties: false,
    ...(Object.keys(definitions).length === 0 ? {} : { $defs: definitions }),
  };
};

const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, MAX_TEXT_LENGTH) : null;
