import { isObject, type Json, type JsonObject } from '#libs/platform/kernel';

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const PLAIN = /^[\x20-\x7e]+$/;
const MIRRORED_TYPES = new Set<Json | undefined>(['string', 'integer', 'boolean']);

interface Mirrored {
  path: readonly string[];
  header: string;
}

/** A value as MCP 2026-07-28 puts it into a header: as it is, or `=?base64?…?=` where it cannot be. */
export const headerValue = (value: string): string =>
  PLAIN.test(value) && value === value.trim() && !/^=\?base64\?.*\?=$/.test(value)
    ? value
    : `=?base64?${Buffer.from(value, 'utf8').toString('base64')}?=`;

/**
 * Says whether a tool's `x-mcp-header` declarations are well-formed (2026-07-28, SEP-2243): clients
 * must leave a tool out otherwise.
 */
export const hasValidParamHeaders = (inputSchema: JsonObject): boolean => {
  const found = mirroredIn(inputSchema, []);
  const names = found.map(({ header }) => header.toLowerCase());
  return (
    found.length === declarationsIn(inputSchema) &&
    found.every(({ header }) => TOKEN.test(header)) &&
    new Set(names).size === names.length
  );
};

/** The `Mcp-Param-…` headers of one call: the arguments that the tool wants to see there too. */
export const paramHeaders = (
  inputSchema: JsonObject,
  args: Json | undefined,
): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [header, value] of mirroredArguments(inputSchema, args))
    if (value !== null) headers[header] = headerValue(String(value));
  return headers;
};

/** A call's arguments by the headers that mirror them; null where there is none to mirror. */
export const mirroredArguments = (
  inputSchema: JsonObject,
  args: Json | undefined,
): [header: string, value: string | boolean | number | null][] =>
  mirroredIn(inputSchema, [])
    .filter(({ header }) => TOKEN.test(header))
    .map(({ path, header }) => {
      const value = path.reduce<Json | undefined>(
        (node, key) => (isObject(node) ? node[key] : undefined),
        args,
      );
      return [`mcp-param-${header.toLowerCase()}`, isMirrorable(value) ? value : null];
    });

const isMirrorable = (value: Json | undefined): value is string | boolean | number =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value);

/** Declarations on primitive properties that are reached by `properties` alone. */
const mirroredIn = (schema: JsonObject, path: readonly string[]): Mirrored[] => {
  const { properties } = schema;
  if (!isObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, child]) => {
    if (!isObject(child)) return [];
    const here = [...path, name];
    const header = child['x-mcp-header'];
    const own =
      typeof header === 'string' && MIRRORED_TYPES.has(child['type'])
        ? [{ path: here, header }]
        : [];
    return [...own, ...mirroredIn(child, here)];
  });
};

/** Declarations anywhere, `x-mcp-header` being no name that a property of an argument has by chance. */
const declarationsIn = (node: Json | undefined): number => {
  if (Array.isArray(node)) return node.reduce<number>((sum, item) => sum + declarationsIn(item), 0);
  if (!isObject(node)) return 0;
  return Object.entries(node).reduce(
    (sum, [key, value]) => sum + (key === 'x-mcp-header' ? 1 : declarationsIn(value)),
    0,
  );
};
