import type { Route } from './routes.js';

/** What a path leads to: a route, the methods of a path that has others, or nothing. */
export type RouteMatch =
  | { readonly kind: 'found'; readonly route: Route; readonly param: string | null }
  | { readonly kind: 'wrong_method'; readonly allow: string }
  | { readonly kind: 'not_found' };

// Slugs and ids need nothing else, so no encoding, dot, slash or semicolon can be read in two ways.
const PARAM = /^[a-z0-9-]{1,64}$/;

/**
 * Finds a request's route by its raw path, byte by byte: nothing is decoded, folded or trimmed. HEAD is GET,
 * whose body is not sent (RFC 9110 §9.3.2).
 */
export const matchRoute = (
  routes: readonly Route[],
  method: string | undefined,
  path: string,
): RouteMatch => {
  const here = routes
    .map((route) => ({ route, param: paramOf(route.path, path) }))
    .filter(({ param }) => param !== undefined);
  const wanted = method === 'HEAD' ? 'GET' : method;
  const found = here.find(
    ({ route }) => route.method === wanted && (method !== 'HEAD' || route.isStream !== true),
  );
  if (found) return { kind: 'found', route: found.route, param: found.param ?? null };
  if (here.length === 0) return { kind: 'not_found' };
  const allow = here.flatMap(({ route }) =>
    route.method === 'GET' && route.isStream !== true ? ['GET', 'HEAD'] : [route.method],
  );
  return { kind: 'wrong_method', allow: allow.join(', ') };
};

/** Null for a route without a parameter; undefined when the path is another one. */
const paramOf = (pattern: string, path: string): string | null | undefined => {
  const open = pattern.indexOf('{');
  if (open < 0) return pattern === path ? null : undefined;
  const param = path.startsWith(pattern.slice(0, open)) ? path.slice(open) : '';
  return PARAM.test(param) ? param : undefined;
};
