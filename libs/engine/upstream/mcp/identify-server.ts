import type { Outbound } from '../outbound/outbound.js';
import { McpChannel } from './mcp-channel.js';
import type { ClientInfo } from './mcp-era.js';
import { ModernEra, MODERN_VERSION } from './modern-era.js';
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
  if ((await negotiateEra(channel, clientInfo, TIMEOUT_MS)) === 'modern') {
    const described = await new ModernEra(channel, clientInfo).describe(TIMEOUT_MS);
    return { protocolVersion: MODERN_VERSION, ...described };
  }
  const session = await openSession(channel, clientInfo, TIMEOUT_MS);
  if (session.id !== undefined) await channel.endSession(session.headers);
  return { protocolVersion: session.version, ...(session.described ?? descriptionIn({})) };
};
