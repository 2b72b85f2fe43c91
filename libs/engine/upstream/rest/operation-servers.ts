import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

import { leaveOut } from './import-problem.js';

/**
 * The path that stands for the registered address's own, where a document names other servers for one
 * operation; null where it does not. Only at the same host: what is registered is one address.
 * @throws UnsupportedOperationError for another host
 */
export const basePathOf = (
  document: JsonObject,
  lists: readonly (Json | undefined)[],
  registered: URL,
): string | null => {
  const own = urlsOf(lists.findLast((list) => Array.isArray(list) && list.length > 0));
  if (own.length === 0) return null;
  const general = urlsOf(document['servers']).map((url) => resolved(url, registered));
  const offered = own.map((url) => resolved(url, registered));
  const known = offered.find((url) => general.some((one) => one?.href === url?.href));
  if (known !== undefined && known !== null) return null;
  const hosts = new Set([registered.origin, ...general.map((url) => url?.origin)]);
  const atHost = offered.find((url) => url !== null && hosts.has(url.origin));
  if (atHost === undefined || atHost === null)
    return leaveOut(`it is served at another host, ${shown(own[0] ?? '')}`);
  return atHost.pathname.replace(/\/+$/, '');
};

/** The addresses of a list of servers, variables replaced by their defaults. */
const urlsOf = (servers: Json | undefined): string[] =>
  (Array.isArray(servers) ? servers : []).flatMap((server) => {
    const url = isObject(server) ? server['url'] : undefined;
    if (!isObject(server) || typeof url !== 'string') return [];
    const variables = isObject(server['variables']) ? server['variables'] : {};
    return [url.replace(/\{([^{}]*)\}/g, (all, name: string) => defaultOf(variables, name) ?? all)];
  });

const defaultOf = (variables: JsonObject, name: string): string | undefined => {
  const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
  const value = isObject(variable) ? variable['default'] : undefined;
  return typeof value === 'string' ? value : undefined;
};

const resolved = (url: string, registered: URL): URL | null => URL.parse(url, registered.href);

const shown = (url: string): string => url.slice(0, 200);
