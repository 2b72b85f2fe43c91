import { isObject, type Json, type JsonObject, type Problem } from '#libs/platform/kernel';

import { importOperation, type FoundOperation } from './import-operation.js';
import { UnsupportedOperationError } from '../errors.js';
import { followRef } from './local-refs.js';
import type { RestTool } from './operation.js';

const MAX_OPERATIONS = 2000;
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** The tools that a document describes, and what of it could not become one. */
export interface OpenApiImport {
  tools: RestTool[];
  problems: Problem[];
}

/**
 * Makes tools of an OpenAPI 3.0 or 3.1 document, one per operation with an operationId. Pure. An
 * operation that a tool cannot express exactly is left out, with a problem that says why; remote
 * references are never followed.
 */
export const importOpenApi = (document: Json): OpenApiImport => {
  const version = isObject(document) ? document['openapi'] : undefined;
  if (!isObject(document) || typeof version !== 'string' || !/^3\.[01](\.|$)/.test(version))
    return rejected('openapi', 'The document is not OpenAPI 3.0 or 3.1.');
  if (!isObject(document['paths'])) return rejected('paths', 'The document describes no paths.');
  const tools = new Map<string, RestTool>();
  const problems: Problem[] = [];
  const operations = Object.entries(document['paths']).flatMap(([path, item]) =>
    operationsOf(document, version.startsWith('3.0'), path, item, problems),
  );
  if (operations.length > MAX_OPERATIONS)
    return rejected('paths', `The document has more than ${String(MAX_OPERATIONS)} operations.`);
  for (const found of operations)
    attempt(problems, `paths.${found.path}.${found.method}`, () => {
      const tool = importOperation(found);
      if (tools.has(tool.name))
        throw new UnsupportedOperationError(`another operation is named "${tool.name}"`);
      tools.set(tool.name, tool);
    });
  return { tools: [...tools.values()], problems };
};

const operationsOf = (
  document: JsonObject,
  isVersion30: boolean,
  path: string,
  item: Json,
  problems: Problem[],
): FoundOperation[] => {
  const found: FoundOperation[] = [];
  if (path.startsWith('x-')) return found;
  attempt(problems, `paths.${path}`, () => {
    const pathItem = followRef(document, item).node;
    for (const method of METHODS) {
      const operation = pathItem[method];
      if (isObject(operation))
        found.push({ document, isVersion30, path, method, pathItem, operation });
    }
  });
  return found;
};

const attempt = (problems: Problem[], path: string, step: () => void): void => {
  try {
    step();
  } catch (error) {
    if (!(error instanceof UnsupportedOperationError)) throw error;
    problems.push({ path, message: `The operation is left out: ${error.message}.` });
  }
};

const rejected = (path: string, message: string): OpenApiImport => ({
  tools: [],
  problems: [{ path, message }],
});
