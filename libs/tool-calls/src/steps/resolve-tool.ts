import { mayList, toolKey } from '#libs/policy';
import { CallFailure } from '../failure.js';
import type { Step } from './step.js';

/** Which tool: one pinned definition in the registry, never something that the request describes (P5). */
export const resolveTool: Step = (exchange) => {
  const { snapshot, request } = exchange;
  const tool = snapshot.tools.get(toolKey({ server: request.server, name: request.tool }));
  if (tool === undefined)
    throw new CallFailure(
      'unknown_tool',
      'There is no such tool here. List the tools to see what this agent may call.',
    );
  exchange.tool = tool;
  exchange.isListed = mayList(snapshot.policy, exchange.agent.agent.id, tool.id);
};
