import { toolScope } from '#libs/trust/token-verification';
import { mayList, toolKey } from '#libs/engine/policy';
import { outOfReach } from '../caller/reach.js';
import type { CallDeps } from '../deps.js';
import type { Exchange } from '../exchange.js';
import { CallFailure } from '../failure.js';
import type { GatewayServer } from '../snapshot/gateway-snapshot.js';
import type { Step } from './step.js';

/** Which tool: one pinned definition in the registry, never something that the request describes (P5). */
export const resolveTool: Step = (exchange, deps) => {
  const { snapshot, request, agent, onBehalfOf, now } = exchange;
  const tool = snapshot.tools.get(toolKey({ server: request.server, name: request.tool }));
  if (tool === undefined)
    throw new CallFailure(
      'unknown_tool',
      'There is no such tool here. List the tools to see what this agent may call.',
    );
  exchange.tool = tool;
  exchange.isListed = mayList(snapshot.policy, agent.id, tool.id, now, onBehalfOf?.person ?? null);
  // Otherwise it would tell that there is such a tool; and what is not listed is denied in any case.
  if (exchange.isListed) assertWithinReach(exchange, tool.server, deps);
};

const assertWithinReach = (exchange: Exchange, server: GatewayServer, deps: CallDeps): void => {
  switch (outOfReach(exchange.caller, server)) {
    case null:
      return;
    case 'scope':
      throw insufficientScope(server, deps.resourceMetadataUrl(exchange.credentials.url));
    case 'delegation':
      throw new CallFailure(
        'delegation_not_in_force',
        'The person delegated the use of another tool server only. Ask them for a delegation of this one.',
        { reason: 'delegation_of_another_server' },
      );
  }
};

// RFC 6750 §3.1; MCP's authorization wants all scopes named that the call needs.
const insufficientScope = ({ slug }: GatewayServer, metadataUrl: string): CallFailure => {
  const scope = toolScope(slug);
  return new CallFailure(
    'insufficient_scope',
    `The token’s scope does not reach this tool server. Get a token with the scope ${scope}.`,
    {
      challenge: `Bearer error="insufficient_scope", scope="${scope}", resource_metadata="${metadataUrl}"`,
    },
  );
};
