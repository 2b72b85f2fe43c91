import type { IncomingHttpHeaders } from 'node:http';
import { mirroredArguments } from '#libs/engine/upstream';
import type { JsonObject } from '#libs/platform/kernel';
import { decodeHeaderValue, header, mismatch } from './era.js';
import type { McpMessage } from './rpc-message.js';

/**
 * Holds the `Mcp-Param-…` headers of a call against its arguments, for those that the tool's schema mirrors
 * (2026-07-28, SEP-2243; invariant G3). Older revisions have no such headers: there only a false one is wrong.
 */
export const assertParamHeaders = (
  headers: IncomingHttpHeaders,
  message: McpMessage,
  inputSchema: JsonObject,
): void => {
  for (const [name, value] of mirroredArguments(inputSchema, message.params['arguments'])) {
    const sent = header(headers, name);
    if (sent === undefined) {
      if (value === null || message.era === 'legacy') continue;
      throw mismatch(message, `The header ${name} is missing.`);
    }
    if (value === null || !isSame(decodeHeaderValue(sent), value))
      throw mismatch(message, `The header ${name} does not match the body’s argument.`);
  }
};

// 42.0 is 42; everything else is compared byte by byte.
const isSame = (sent: string | null, value: string | boolean | number): boolean =>
  typeof value === 'number'
    ? sent !== null && sent.trim() !== '' && Number(sent) === value
    : sent === String(value);
