import type { JsonObject } from '#libs/platform/kernel';

import { headerOf } from '../outbound/answer-reader.js';
import { unusableServer } from '../errors.js';
import { type McpChannel, outcomeOrThrow } from './mcp-channel.js';
import type { ClientInfo } from './mcp-era.js';
import type { RpcAnswer } from './rpc-answer.js';
import { descriptionIn, type ServerDescription } from './server-description.js';

/** The newest revision that has sessions, and the older ones that we also get along with. */
export const LEGACY_VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const;

const SESSION_ID = /^[\x21-\x7e]{1,256}$/;

/** An initialised upstream session; servers need not give one an id. */
export interface Session {
  id: string | undefined;
  version: string;
  /** What the server said of itself; absent where another process opened it. */
  described?: ServerDescription;
  headers: Readonly<Record<string, string>>;
}

/** `initialize` and `notifications/initialized` (2025-11-25, Lifecycle). */
export const openSession = async (
  channel: McpChannel,
  clientInfo: ClientInfo,
  timeoutMs: number,
): Promise<Session> => {
  const params: JsonObject = {
    protocolVersion: LEGACY_VERSIONS[0],
    capabilities: {},
    clientInfo: { name: clientInfo.name, version: clientInfo.version },
  };
  const answer = await channel.post('initialize', params, { headers: {}, timeoutMs });
  const id = headerOf(answer.head, 'mcp-session-id');
  if (id !== '' && !SESSION_ID.test(id)) throw unusableServer('gave a session id that is not one');
  const { version, described } = initialized(answer);
  const headers = headersOfSession(version, id);
  await channel.aside({ jsonrpc: '2.0', method: 'notifications/initialized' }, headers);
  return { id: id === '' ? undefined : id, version, described, headers };
};

/** What every request of a session carries. */
export const headersOfSession = (version: string, id: string): Record<string, string> => ({
  'mcp-protocol-version': version,
  ...(id === '' ? {} : { 'mcp-session-id': id }),
});

/** Says whether the server rejected a request unread because it no longer knows the session. */
export const isSessionUnknown = ({ head, outcome }: RpcAnswer): boolean => {
  if (outcome !== undefined && 'result' in outcome) return false;
  const code = outcome?.error.code;
  // By the specification it is a 404, without or with an error of the transport's own …
  if (head.status === 404) return code === undefined || code === -32001 || code === -32000;
  // … but servers that copied the public example answer 400 in these words.
  return head.status === 400 && code === -32000 && /session id/i.test(outcome?.error.message ?? '');
};

const initialized = (answer: RpcAnswer): { version: string; described: ServerDescription } => {
  const outcome = outcomeOrThrow(answer);
  if ('error' in outcome) throw unusableServer(`declined to initialise: ${outcome.error.message}`);
  const version = LEGACY_VERSIONS.find((known) => known === outcome.result['protocolVersion']);
  if (version === undefined) throw unusableServer('speaks no version of MCP that Gatehouse speaks');
  return { version, described: descriptionIn(outcome.result) };
};
