import { lockAgent } from '../agents.repository.js';
import type { ChangeContext } from '../agents.changes.js';

/**
 * Takes a binding away inside another command's transaction, if it is still there. That command must change rights in
 * the registry.
 */
export const unbindIn = async (
  ctx: ChangeContext,
  agentId: string,
  bindingId: unknown,
): Promise<void> => {
  if (typeof bindingId !== 'string') throw new TypeError('the binding has no id');
  await lockAgent(ctx, agentId);
  await ctx.tx.binding.deleteMany({ where: { id: bindingId, agentId } });
};
