import type { ApiRoute } from './api-route.js';

const NEEDS_SCHEMA: ReadonlySet<string> = new Set(['body', 'query', 'param']);

/**
 * What a route leaves undeclared, in sentences: who may come, what it takes, what it answers. Nest's
 * pipe lets a parameter without a schema through unchecked, so the process does not start with one.
 */
export const undeclared = (route: ApiRoute): string[] => {
  const where = `${route.method} ${route.path} (${route.handler})`;
  const found: string[] = [];
  if (route.access === undefined)
    found.push(`${where} declares no access: add RequirePermission, RequireSignIn or Public`);
  if (route.answer === undefined) found.push(`${where} declares no answer: add ApiAnswer`);
  for (const input of route.inputs) {
    if (NEEDS_SCHEMA.has(input.from) && input.schema === undefined)
      found.push(`${where} takes its ${input.from} without a schema`);
    if (input.from === 'other')
      found.push(`${where} takes what no schema can hold: use @Body, @Query or @Param`);
  }
  const takesParam = route.inputs.some(({ from }) => from === 'param');
  if (route.path.includes(':') && !takesParam)
    found.push(`${where} never parses the parameters of its path`);
  return found;
};

/** Rejects to go on while any route leaves something undeclared. */
export const assertDeclared = (routes: readonly ApiRoute[]): void => {
  const found = routes.flatMap(undeclared);
  if (found.length > 0) throw new Error(`The API does not start:\n  ${found.join('\n  ')}`);
};
