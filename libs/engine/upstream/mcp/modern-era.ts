import type { JsonObject } from '#libs/platform/kernel';

import type { RpcOutcome } from './json-rpc.js';
import { type McpChannel, outcomeOrThrow } from './mcp-channel.js';
import { postOptionsOf, type ClientInfo, type McpRequest } from './mcp-era.js';
import type { McpProtocolEra } from './mcp-protocol-era.js';
import { descriptionIn, type ServerDescription } from './server-description.js';
import { headerValue, paramHeaders } from './param-headers.js';

/** The revision of the modern, stateless era that we speak. */
export const MODERN_VERSION = '2026-07-28';

const CAPABILITIES: JsonObject = {};

/** The headers and `_meta` of a request in MCP 2026-07-28; there is neither initialize nor a session. */
export const modernEnvelope = (
  clientInfo: ClientInfo,
  method: string,
  params: JsonObject,
  logLevel?: string,
): { params: JsonObject; headers: Record<string, string> } => ({
  params: {
    ...params,
    _meta: {
      'io.modelcontextprotocol/protocolVersion': MODERN_VERSION,
      'io.modelcontextprotocol/clientInfo': { name: clientInfo.name, version: clientInfo.version },
      'io.modelcontextprotocol/clientCapabilities': CAPABILITIES,
      ...(logLevel === undefined ? {} : { 'io.modelcontextprotocol/logLevel': logLevel }),
    },
  },
  headers: {
    'mcp-protocol-version': MODERN_VERSION,
    'mcp-method': method,
    ...(typeof params['name'] === 'string' ? { 'mcp-name': headerValue(params['name']) } : {}),
  },
});

/** MCP 2026-07-28: every request stands alone; closing its stream cancels it. */
export class ModernEra implements McpProtocolEra {
  readonly kind = 'modern';

  constructor(
    private readonly channel: McpChannel,
    private readonly clientInfo: ClientInfo,
  ) {}

  async request(request: McpRequest): Promise<RpcOutcome> {
    const { method, inputSchema, logLevel } = request;
    const { params, headers } = modernEnvelope(this.clientInfo, method, request.params, logLevel);
    const mirrored =
      inputSchema === undefined ? {} : paramHeaders(inputSchema, params['arguments']);
    return outcomeOrThrow(
      await this.channel.post(method, params, {
        ...postOptionsOf(request),
        headers: { ...mirrored, ...headers },
      }),
    );
  }

  async describe(timeoutMs: number): Promise<ServerDescription> {
    const method = 'server/discover';
    const outcome = await this.request({ method, params: {}, sessionKey: '', timeoutMs });
    return descriptionIn('result' in outcome ? outcome.result : {});
  }

  listen(): Promise<void> {
    return Promise.resolve();
  }

  drop(): void {
    // There are no sessions.
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
