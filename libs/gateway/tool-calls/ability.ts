import { packAbility, type PackedAbility } from '#libs/engine/policy';
import { listTools, type ListedPart } from './list-tools.js';
import type { ToolCallContext } from './tool-call-context.js';

/** The caller's own rules, packed, for one page of the tools that it may list. */
export const abilityOf = (
  ctx: ToolCallContext,
  part: ListedPart,
): PackedAbility & { nextCursor: string | null } => {
  const { snapshot, agent, onBehalfOf, now } = ctx;
  const { tools, nextCursor } = listTools(ctx, part);
  const ability = packAbility(snapshot.policy, {
    agentId: agent.id,
    tools: tools.map((tool) => ({
      id: tool.id,
      server: tool.server.slug,
      name: tool.name,
      inputSchema: tool.inputSchema,
      isBlocked: tool.block !== null || snapshot.killSwitchOf(tool, now) !== undefined,
    })),
    isForPerson: onBehalfOf !== null,
    now,
  });
  return { ...ability, nextCursor };
};
