import { toolScope } from '#libs/trust/token-verification';
import { canList, toolKey } from '#libs/engine/policy';
import { outsideToolAccess } from '../caller/tool-access.js';
import type { CallDeps } from '../deps.js';
import type { ToolCallContext } from '../tool-call-context.js';
import { CallError } from '../errors.js';
import type { GatewayServer } from '../snapshot/gateway-snapshot.js';
import type { ToolCallStep } from './step.js';

/** Which tool: one pinned definition in the registry, never something that the request describes (P5). */
export const resolveTool: ToolCallStep = (ctx, deps) => {
  const { snapshot, request, agent, onBehalfOf, now } = ctx;
  const tool = snapshot.tools.get(toolKey({ server: request.server, name: request.tool }));
  if (tool === undefined)
    throw new CallError(
      'unknown_tool',
      'This tool does not exist here. List the tools to see what this agent may call.',
    );
  ctx.tool = tool;
  ctx.isListed = canList(snapshot.policy, agent.id, tool.id, now, onBehalfOf?.person ?? null);
  // Otherwise it would tell that there is such a tool; and what is not listed is denied in any case.
  if (ctx.isListed) assertWithinToolAccess(ctx, tool.server, deps);
};

const assertWithinToolAccess = (
  ctx: ToolCallContext,
  server: GatewayServer,
  deps: CallDeps,
): void => {
  switch (outsideToolAccess(ctx.caller, server)) {
    case null:
      return;
    case 'scope':
      throw insufficientScope(server, deps.resourceMetadataUrl(ctx.credentials.url));
    case 'delegation':
      throw new CallError(
        'delegation_not_in_force',
        'The person delegated the use of another tool server only. Ask them for a delegation of this one.',
        { reason: 'delegation_of_another_server' },
      );
  }
};

// RFC 6750 §3.1; MCP's authorization wants all scopes named that the call needs.
const insufficientScope = ({ slug }: GatewayServer, metadataUrl: string): CallError => {
  const scope = toolScope(slug);
  return new CallError(
    'insufficient_scope',
    `The token’s scope does not reach this tool server. Get a token with the scope ${scope}.`,
    {
      challenge: `Bearer error="insufficient_scope", scope="${scope}", resource_metadata="${metadataUrl}"`,
    },
  );
};
