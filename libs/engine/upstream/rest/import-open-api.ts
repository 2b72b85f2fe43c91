import { isObject, type Json, type JsonObject, type Problem } from '#libs/platform/kernel';

import { importOperation, type FoundOperation } from './import-operation.js';
import { UnsupportedOperationError } from './import-problem.js';
import { followRef } from './local-refs.js';
import type { RestTool } from './operation.js';
import { operationNames, operationsIn } from './operation-names.js';
import { convertOperation, serversOf } from './swagger-2.js';

const MAX_OPERATIONS = 5000;
const MAX_NAME_LENGTH = 64;

/** The tools that a document describes, and what of it could not become one. */
export interface OpenApiImport {
  tools: RestTool[];
  problems: Problem[];
}

/** What an import depends on besides the document. */
export interface ImportOptions {
  /** The registered address of the service: an operation that is served at another host is left out. */
  baseUrl: string;
  maxNameLength?: number;
}

/**
 * Makes tools of an OpenAPI 3.0 or 3.1 or a Swagger 2.0 document, one per operation. Pure. An operation that
 * a tool cannot express exactly is left out, with a problem that says why; remote references are never
 * followed.
 */
export const importOpenApi = (input: Json, options: ImportOptions): OpenApiImport => {
  const version = isObject(input) ? versionOf(input) : null;
  if (!isObject(input) || version === null)
    return rejected('openapi', 'The document is not OpenAPI 3.0 or 3.1, nor Swagger 2.0.');
  const document = version === '2.0' ? { ...input, servers: serversOf(input) } : input;
  if (!isObject(document['paths'])) return rejected('paths', 'The document describes no paths.');
  const problems: Problem[] = [];
  const operations = Object.entries(document['paths']).flatMap(([path, item]) =>
    operationsOf(document, version, path, item, problems),
  );
  if (operations.length > MAX_OPERATIONS)
    return rejected('paths', `The document has more than ${String(MAX_OPERATIONS)} operations.`);
  const names = operationNames(operations, options.maxNameLength ?? MAX_NAME_LENGTH);
  const registered = new URL(options.baseUrl);
  const tools = operations.flatMap((found, index) =>
    attempt(problems, `paths.${found.path}.${found.method}`, () => [
      importOperation(converted(found, version), names[index] ?? '', registered),
    ]),
  );
  return { tools, problems };
};

type Version = '2.0' | '3.0' | '3.1';

const versionOf = (document: JsonObject): Version | null => {
  const { openapi, swagger } = document;
  if (typeof openapi === 'string' && /^3\.0(\.|$)/.test(openapi)) return '3.0';
  if (typeof openapi === 'string' && /^3\.1(\.|$)/.test(openapi)) return '3.1';
  return swagger === '2.0' || swagger === 2 ? '2.0' : null;
};

const operationsOf = (
  document: JsonObject,
  version: Version,
  path: string,
  item: Json,
  problems: Problem[],
): FoundOperation[] => {
  if (path.startsWith('x-')) return [];
  return attempt(problems, `paths.${path}`, () => {
    const pathItem = followRef(document, item);
    return operationsIn(pathItem).map(([method, operation]) => ({
      document,
      isVersion30: version !== '3.1',
      path,
      method,
      pathItem,
      operation,
    }));
  });
};

/** Swagger 2.0 is converted one operation at a time: nothing is copied that is not used. */
const converted = (found: FoundOperation, version: Version): FoundOperation =>
  version === '2.0' ? { ...found, ...convertOperation(found) } : found;

const attempt = <T>(problems: Problem[], path: string, step: () => T[]): T[] => {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof UnsupportedOperationError)) throw error;
    problems.push({ path, message: `The operation is left out: ${error.message}.` });
    return [];
  }
};

const rejected = (path: string, message: string): OpenApiImport => ({
  tools: [],
  problems: [{ path, message }],
});
