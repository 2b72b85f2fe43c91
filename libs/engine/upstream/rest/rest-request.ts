import type { Json, JsonObject } from '#libs/platform/kernel';

import { ArgumentError } from '../errors.js';
import type { RestOperation } from './operation.js';
import { fillTemplate } from './path-template.js';

/** Where one call goes, and its body. */
export interface RestRequest {
  url: URL;
  /** Path and query exactly as sent. */
  path: string;
  body: string | undefined;
}

/** Turns arguments into a request; what was evaluated is sent completely or not at all. */
export const restRequest = (
  baseUrl: URL,
  operation: RestOperation,
  args: JsonObject,
): RestRequest => {
  rejectUnknown(operation, args);
  const base = baseUrl.pathname.replace(/\/+$/, '');
  const pathname =
    base + fillTemplate(operation.path, (name) => pathValue(name, argument(args, name)));
  // The strictest reader of the path is a URL parser: if it would change anything, somebody else might.
  if (new URL(baseUrl.origin + pathname).pathname !== pathname)
    throw invalid('The arguments do not make a plain path; check those that are part of it.');
  const query = queryOf(operation, args);
  return {
    url: baseUrl,
    path: query === '' ? pathname : `${pathname}?${query}`,
    body: operation.body === null ? undefined : bodyOf(operation.body, args),
  };
};

const rejectUnknown = ({ parameters, body }: RestOperation, args: JsonObject): void => {
  const known = new Set([...parameters.map(({ name }) => name), ...(body ?? [])]);
  const unknown = Object.keys(args).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw invalid(`The tool has no argument "${unknown.slice(0, 100)}"; leave it out.`);
};

const argument = (args: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(args, name) ? args[name] : undefined;

/** Separators are rejected even though they would be encoded: services decode before they route. */
const pathValue = (name: string, value: Json | undefined): string => {
  const text = scalar(name, value);
  if (text === '' || text === '.' || text === '..' || /[/\\\p{Cc}]/u.test(text))
    throw invalid(
      `The argument "${name}" is part of a path: it must not be empty, ".", ".." or contain a slash, a backslash or a control character.`,
    );
  return encoded(name, text);
};

const queryOf = ({ parameters }: RestOperation, args: JsonObject): string =>
  parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap(({ name }) => {
      const value = argument(args, name);
      if (value === undefined || value === null) return [];
      const items = Array.isArray(value) ? value : [value];
      return items.map((item) => `${encoded(name, name)}=${encoded(name, scalar(name, item))}`);
    })
    .join('&');

const bodyOf = (names: readonly string[], args: JsonObject): string =>
  JSON.stringify(
    Object.fromEntries(
      names.filter((name) => Object.hasOwn(args, name)).map((name) => [name, args[name]]),
    ),
  );

const scalar = (name: string, value: Json | undefined): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalid(`The argument "${name}" must be a string, a number or a boolean.`);
};

const encoded = (name: string, text: string): string => {
  if (!text.isWellFormed()) throw invalid(`The argument "${name}" is not valid Unicode text.`);
  return encodeURIComponent(text);
};

const invalid = (message: string): ArgumentError => new ArgumentError(message);
