import type { Outbound } from '../outbound/outbound.js';
import { McpChannel, outcomeOrThrow } from './mcp-channel.js';
import type { ClientInfo } from './mcp-era.js';
import { modernEnvelope, MODERN_VERSION } from './modern-era.js';
import { negotiateEra } from './negotiate-era.js';
import { descriptionIn, type ServerDescription } from './server-description.js';
import { openSession } from './session.js';

/** Which revision an MCP server speaks, and what it says of itself; nobody has checked it. */
export interface ServerIdentity extends ServerDescription {
  readonly protocolVersion: string;
}

const TIMEOUT_MS = 10_000;

/** Asks an MCP server which revision it speaks and what it calls itself. @throws UpstreamError */
export const identifyServer = async (
  outbound: Outbound,
  url: string,
  clientInfo: ClientInfo,
): Promise<ServerIdentity> => {
  const channel = new McpChannel(outbound, outbound.assertUrl(url));
  if ((await negotiateEra(channel, clientInfo, TIMEOUT_MS)) === 'modern')
    return { protocolVersion: MODERN_VERSION, ...(await discovered(channel, clientInfo)) };
  const session = await openSession(channel, clientInfo, TIMEOUT_MS);
  if (session.id !== undefined) await channel.endSession(session.headers);
  return { protocolVersion: session.version, ...(session.described ?? descriptionIn({})) };
};

const discovered = async (
  channel: McpChannel,
  clientInfo: ClientInfo,
): Promise<ServerDescription> => {
  const { params, headers } = modernEnvelope(clientInfo, 'server/discover', {});
  const options = { headers, timeoutMs: TIMEOUT_MS };
  const outcome = outcomeOrThrow(await channel.post('server/discover', params, options));
  return descriptionIn('error' in outcome ? {} : outcome.result);
};
