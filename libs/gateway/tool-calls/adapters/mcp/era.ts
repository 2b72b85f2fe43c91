import type { IncomingHttpHeaders } from 'node:http';
import { isObject, type Json } from '#libs/platform/kernel';
import { McpError, RPC } from './mcp-error.js';
import { LEGACY_VERSIONS, META, MODERN_VERSION, SUPPORTED_VERSIONS, type Era } from './protocol.js';
import type { RpcMessage } from './rpc-message.js';

/**
 * Which era a message belongs to, with everything checked that its headers say about its body
 * (invariant G3). A message that claims the modern era anywhere is held to all of its rules.
 */
export const eraOf = (headers: IncomingHttpHeaders, message: RpcMessage): Era => {
  const version = header(headers, 'mcp-protocol-version');
  const { _meta: meta } = message.params;
  const claim = isObject(meta) ? meta[META.protocolVersion] : undefined;
  const isLegacy = LEGACY_VERSIONS.some((known) => known === version);
  if (claim === undefined && (version === undefined || isLegacy)) {
    assertNoLie(headers, message);
    return 'legacy';
  }
  if (version === undefined) throw mismatch(message, 'The header MCP-Protocol-Version is missing.');
  assertSupported(version, message);
  // A notification of the modern era need not repeat itself in headers.
  if (message.id !== undefined) assertModern(headers, version, claim, message);
  return 'modern';
};

const assertSupported = (version: string, { id }: RpcMessage): void => {
  if (SUPPORTED_VERSIONS.includes(version)) return;
  throw new McpError(
    RPC.unsupportedVersion,
    `This protocol version is not supported. Use one of ${SUPPORTED_VERSIONS.join(', ')}.`,
    id ?? null,
    { supported: SUPPORTED_VERSIONS, requested: version.slice(0, 32) },
  );
};

const assertModern = (
  headers: IncomingHttpHeaders,
  version: string,
  claim: Json | undefined,
  message: RpcMessage,
): void => {
  assertMeta(claim, message);
  if (claim !== version)
    throw mismatch(message, 'The header MCP-Protocol-Version and _meta name different versions.');
  if (version !== MODERN_VERSION)
    throw mismatch(message, `Only ${MODERN_VERSION} names its version in _meta.`);
  const method = header(headers, 'mcp-method');
  if (method === undefined) throw mismatch(message, 'The header Mcp-Method is missing.');
  if (method !== message.method)
    throw mismatch(message, 'The header Mcp-Method does not name the body’s method.');
  assertName(headers, message);
};

// Older revisions have no such headers; a client that sends them all the same must send true ones, because
// proxies in between may use them.
const assertNoLie = (headers: IncomingHttpHeaders, message: RpcMessage): void => {
  const method = header(headers, 'mcp-method');
  if (method !== undefined && method !== message.method)
    throw mismatch(message, 'The header Mcp-Method does not name the body’s method.');
  if (header(headers, 'mcp-name') !== undefined) assertName(headers, message);
};

const assertMeta = (claim: Json | undefined, message: RpcMessage): void => {
  const { _meta: meta } = message.params;
  const capabilities = isObject(meta) ? meta[META.clientCapabilities] : undefined;
  const missing = typeof claim !== 'string' ? META.protocolVersion : META.clientCapabilities;
  if (typeof claim === 'string' && isObject(capabilities)) return;
  throw new McpError(
    RPC.invalidParams,
    `The request’s _meta needs ${missing} in its right form.`,
    message.id ?? null,
  );
};

const NAME_SOURCE: ReadonlyMap<string, string> = new Map([
  ['tools/call', 'name'],
  ['prompts/get', 'name'],
  ['resources/read', 'uri'],
]);

const assertName = (headers: IncomingHttpHeaders, message: RpcMessage): void => {
  const member = NAME_SOURCE.get(message.method);
  const name = member === undefined ? undefined : message.params[member];
  if (typeof name !== 'string') return;
  const value = header(headers, 'mcp-name');
  if (value === undefined) throw mismatch(message, 'The header Mcp-Name is missing.');
  if (decodeHeaderValue(value) !== name)
    throw mismatch(message, `The header Mcp-Name does not match the body’s ${member}.`);
};

const ENCODED = /^=\?base64\?([A-Za-z0-9+/]*={0,2})\?=$/;

/** The value of a header that mirrors the body; null when its encoding is broken. */
export const decodeHeaderValue = (value: string): string | null => {
  const encoded = ENCODED.exec(value)?.[1];
  if (encoded === undefined) return value;
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** A request's header. Node joins repeated headers with a comma, so one that is sent twice matches nothing. */
export const header = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
};

/** A header and the body say different things. */
export const mismatch = ({ id }: RpcMessage, message: string): McpError =>
  new McpError(RPC.headerMismatch, message, id ?? null);
