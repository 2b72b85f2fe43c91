import { isExactObject, type ExactJson } from '#libs/platform/kernel';

import { UpstreamError } from '../errors.js';
import { type McpChannel, outcomeOrThrow } from './mcp-channel.js';
import type { ClientInfo } from './mcp-era.js';
import type { RpcAnswer } from './rpc-answer.js';
import { modernEnvelope, MODERN_VERSION } from './modern-era.js';

const PROBE = 'server/discover';
const UNSUPPORTED_VERSION = -32022;

/**
 * Asks a tool server which generation of MCP it speaks, as 2026-07-28 says: probe `server/discover`
 * first; a rejection that is not about access means an older server, which wants `initialize`.
 */
export const negotiateEra = async (
  channel: McpChannel,
  clientInfo: ClientInfo,
  timeoutMs: number,
): Promise<'modern' | 'legacy'> => {
  const { params, headers } = modernEnvelope(clientInfo, PROBE, {});
  const answer = await channel.post(PROBE, params, { headers, timeoutMs });
  const offered = offeredVersions(answer);
  if (offered?.includes(MODERN_VERSION) === true) return 'modern';
  if (offered?.some((version) => version > MODERN_VERSION) === true && !offered.some(isOlder))
    throw new UpstreamError(
      'upstream_failed',
      `The tool server speaks only MCP versions that are newer than ${MODERN_VERSION}.`,
      'none',
    );
  return 'legacy';
};

const isOlder = (version: string): boolean => version < MODERN_VERSION;

/** The versions the server named, or nothing if it did not understand the question. */
const offeredVersions = (answer: RpcAnswer): string[] | undefined => {
  const { status } = answer.head;
  if (status === 401 || status === 403 || status >= 500)
    outcomeOrThrow({ ...answer, outcome: undefined });
  if (answer.outcome === undefined) return undefined;
  if ('result' in answer.outcome) return strings(answer.outcome.result['supportedVersions']);
  const { code, data } = answer.outcome.error;
  return code === UNSUPPORTED_VERSION && isExactObject(data)
    ? strings(data['supported'])
    : undefined;
};

const strings = (value: ExactJson | undefined): string[] | undefined =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
