import { unmarkNumbers, type ExactObject } from '#libs/platform/kernel';
import type { ToolCallContext } from '../../tool-call-context.js';
import { listTools } from '../../list-tools.js';
import type { GatewayTool } from '../../snapshot/gateway-snapshot.js';
import type { McpAdapter } from './mcp-adapter.js';
import { McpError, RPC } from './mcp-error.js';
import { LEGACY_VERSIONS, META, SUPPORTED_VERSIONS, type Era } from './protocol.js';
import type { McpMessage } from './rpc-message.js';
import type { SelfDescription } from './self-description.js';
import { publicName } from './tool-names.js';

/** What a method is asked with. */
export interface MethodCall {
  readonly adapter: McpAdapter;
  readonly message: McpMessage;
  readonly ctx: ToolCallContext;
  /** What `initialize` and `server/discover` tell. */
  readonly described: SelfDescription | null;
}

type Method = (call: MethodCall) => ExactObject | Promise<ExactObject>;

const LIST_TTL_MS = 5_000;

/** The version of an `initialize`: what the client asks for, or else the newest. */
export const agreedVersion = ({ id, params }: McpMessage): string => {
  const requested = params['protocolVersion'];
  if (typeof requested !== 'string')
    throw new McpError(RPC.invalidParams, 'params.protocolVersion is missing.', id ?? null);
  return LEGACY_VERSIONS.find((known) => known === requested) ?? LEGACY_VERSIONS[0];
};

const initialize: Method = ({ message, described }) => {
  return {
    protocolVersion: agreedVersion(message),
    // Told on the session's stream.
    capabilities: { tools: { listChanged: true } },
    ...described,
  };
};

const ping: Method = () => ({});

const discover: Method = ({ described }) => ({
  supportedVersions: [...SUPPORTED_VERSIONS],
  capabilities: { tools: {} },
  instructions: described?.instructions ?? '',
  ttlMs: LIST_TTL_MS,
  cacheScope: 'private',
  _meta: { [META.serverInfo]: described?.serverInfo ?? {} },
});

const toolsList: Method = async ({ adapter, message, ctx }) => {
  const cursor = message.params['cursor'] ?? null;
  if (cursor !== null && typeof cursor !== 'string')
    throw new McpError(RPC.invalidParams, 'params.cursor must be a string.', message.id ?? null);
  const page = listTools(ctx, { server: adapter.server, cursor });
  return {
    tools: await Promise.all(page.tools.map((tool) => describe(adapter.server, tool, message.era))),
    ...(page.nextCursor === null ? {} : { nextCursor: page.nextCursor }),
    // What one agent may call is nobody else's to see.
    ...(message.era === 'modern' ? { ttlMs: LIST_TTL_MS, cacheScope: 'private' } : {}),
  };
};

const describe = async (
  server: string | null,
  tool: GatewayTool,
  era: Era,
): Promise<ExactObject> => ({
  name: publicName(server, { server: tool.server.slug, tool: tool.name }),
  ...(tool.title === null ? {} : { title: tool.title }),
  ...(tool.description === null ? {} : { description: tool.description }),
  inputSchema: unmarkNumbers(await tool.advertisedSchema()),
  ...outputSchemaOf(tool, era),
  annotations: unmarkNumbers(tool.annotations),
  ...(unmarkNumbers(tool.shownFields) as ExactObject),
});

// Before 2026-07-28 structured content is an object, and clients reject a list with another schema.
const outputSchemaOf = ({ outputSchema }: GatewayTool, era: Era): ExactObject => {
  if (outputSchema === null || (era === 'legacy' && outputSchema['type'] !== 'object')) return {};
  return { outputSchema: unmarkNumbers(outputSchema) };
};

const METHODS: Readonly<Record<Era, ReadonlyMap<string, Method>>> = {
  legacy: new Map([
    ['initialize', initialize],
    ['ping', ping],
    ['tools/list', toolsList],
  ]),
  modern: new Map([
    ['server/discover', discover],
    ['tools/list', toolsList],
  ]),
};

const DESCRIBING: ReadonlySet<string> = new Set(['initialize', 'server/discover']);

/** Whether a method tells what the server says of itself. */
export const isDescribing = (method: string): boolean => DESCRIBING.has(method);

/** The method of a message that is no tool call; undefined when we do not have it. */
export const methodOf = ({ era, method }: McpMessage): Method | undefined =>
  METHODS[era].get(method);
