import type { Json, JsonObject } from '#libs/platform/kernel';

import { ArgumentError } from '../errors.js';
import type { RestOperation, RestParameter } from './operation.js';
import { fillTemplate } from './path-template.js';
import { pathValue } from './path-value.js';
import { canSetHeader, isToken } from './request-headers.js';
import { writeBody } from './write-body.js';
import { encoded, invalidArgument, joinable, pairsOf } from './write-value.js';

/** Where one call goes, and what it sends. */
export interface RestRequest {
  url: URL;
  /** Path and query exactly as sent. */
  path: string;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

/**
 * Turns arguments into a request; what was evaluated is sent completely or not at all. `slashArguments` are
 * those that people allowed to be several segments of the path.
 */
export const restRequest = (
  baseUrl: URL,
  operation: RestOperation,
  args: JsonObject,
  slashArguments: readonly string[] = [],
): RestRequest => {
  rejectUnknown(operation, args);
  const pathname = pathOf(baseUrl, operation, args, slashArguments);
  const query = queryOf(operation, args);
  const body = operation.body === null ? null : writeBody(operation.body, args);
  return {
    url: baseUrl,
    path: query === '' ? pathname : `${pathname}?${query}`,
    headers: {
      ...headersOf(operation, args),
      ...(body === null ? {} : { 'content-type': body.contentType }),
    },
    body: body?.content,
  };
};

const rejectUnknown = ({ parameters, body }: RestOperation, args: JsonObject): void => {
  const known = new Set([
    ...parameters.map(({ argument }) => argument),
    ...(body?.members ?? []).map(({ argument }) => argument),
    ...[body?.argument ?? []].flat(),
  ]);
  const unknown = Object.keys(args).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new ArgumentError(`The tool has no argument "${unknown.slice(0, 100)}"; leave it out.`);
};

const pathOf = (
  baseUrl: URL,
  { path, basePath, parameters }: RestOperation,
  args: JsonObject,
  slashArguments: readonly string[],
): string => {
  const base = (basePath ?? baseUrl.pathname).replace(/\/+$/, '');
  const inPath = new Map(
    placed(parameters, 'path').map((parameter) => [parameter.name, parameter]),
  );
  const filled = fillTemplate(path, (name) => {
    const parameter = inPath.get(name);
    if (parameter === undefined) throw invalidArgument(name, 'is missing.');
    const { argument } = parameter;
    return pathValue(parameter, argumentOf(args, parameter), slashArguments.includes(argument));
  });
  // The strictest reader of the path is a URL parser: if it would change anything, somebody else might.
  if (new URL(baseUrl.origin + base + filled).pathname !== base + filled)
    throw new ArgumentError(
      'The arguments do not make a plain path; check those that are part of it.',
    );
  return base + filled;
};

const placed = (
  parameters: readonly RestParameter[],
  place: RestParameter['in'],
): readonly RestParameter[] => parameters.filter((parameter) => parameter.in === place);

const argumentOf = (args: JsonObject, { argument }: RestParameter): Json | undefined =>
  Object.hasOwn(args, argument) ? args[argument] : undefined;

const queryOf = ({ parameters }: RestOperation, args: JsonObject): string => {
  const inQuery = placed(parameters, 'query');
  const names = new Set(inQuery.map(({ name }) => name));
  return inQuery
    .flatMap((parameter) => pairsOf(parameter, argumentOf(args, parameter), names))
    .join('&');
};

const headersOf = ({ parameters }: RestOperation, args: JsonObject): Record<string, string> => {
  const headers = placed(parameters, 'header').flatMap((parameter) => {
    const value = argumentOf(args, parameter);
    if (value === undefined || value === null) return [];
    return [[parameter.name.toLowerCase(), headerValue(parameter, value)]];
  });
  const cookies = placed(parameters, 'cookie').flatMap((parameter) => cookieOf(parameter, args));
  return {
    ...(Object.fromEntries(headers) as Record<string, string>),
    ...(cookies.length === 0 ? {} : { cookie: cookies.join('; ') }),
  };
};

/** What one line of a header may hold: visible ASCII, with spaces between. */
const HEADER_VALUE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

const headerValue = ({ argument, name, style, explode }: RestParameter, value: Json): string => {
  // An imported operation has no other header; a stored one is not believed.
  if (!canSetHeader(name)) throw invalidArgument(argument, 'would set a header that none may set.');
  const text =
    style === 'json'
      ? JSON.stringify(value)
      : joinable(argument, value, {
          explode,
          delimiter: typeof value === 'object' ? ',' : '\0',
        }).join(',');
  if (!HEADER_VALUE.test(text))
    throw invalidArgument(argument, 'is sent as a header: it must be printable ASCII on one line.');
  return text;
};

const cookieOf = (parameter: RestParameter, args: JsonObject): string[] => {
  const { argument, name, style } = parameter;
  const value = argumentOf(args, parameter);
  if (value === undefined || value === null) return [];
  if (!isToken(name)) throw invalidArgument(argument, 'would set a cookie that none may set.');
  const text =
    style === 'json'
      ? encoded(argument, JSON.stringify(value))
      : joinable(argument, value, { explode: false, delimiter: ',' })
          .map((item) => encoded(argument, item))
          .join('%2C');
  return [`${name}=${text}`];
};
