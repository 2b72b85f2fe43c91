import type { CommandContext } from '#libs/engine/commands';
import { lockAgent, type LoadedAgent } from './agents.repository.js';

/** What a change inside another command needs. */
export type ChangeContext = Pick<CommandContext, 'tx' | 'now' | 'signs' | 'signsNew' | 'endAccess'>;

/**
 * Suspends an agent inside another command's transaction. That command must change rights in the
 * registry.
 * @returns whether anything changed: only an active agent can be suspended, and any other calls nothing; what
 * others suspended security can make its own
 */
export const suspendAgentNow = async (
  ctx: ChangeContext,
  agentId: string,
  reason: string,
  forSecurity = false,
): Promise<boolean> => {
  const { tx, now, endAccess } = ctx;
  const agent = await lockAgent(ctx, agentId);
  if (agent?.state !== 'active' && !(forSecurity && agent !== null && canTakeOver(agent)))
    return false;
  await tx.agent.update({
    where: { id: agentId },
    data: {
      state: 'suspended',
      stateReason: reason,
      stoppedBySecurity: forSecurity,
      updatedAt: now,
    },
    select: { id: true },
  });
  await endAccess({ kind: 'agent', id: agentId, reason: 'suspended' });
  return true;
};

/** Whether it is suspended, and not by security, which can make the suspension its own. */
export const canTakeOver = (agent: Pick<LoadedAgent, 'state' | 'stoppedBySecurity'>): boolean =>
  agent.state === 'suspended' && !agent.stoppedBySecurity;

/**
 * Retires an agent for good inside another command's transaction, and takes its bindings away. That
 * command must change rights in the registry.
 * @returns whether anything changed: false when it is retired already
 */
export const retireAgentNow = async (
  ctx: ChangeContext,
  agentId: string,
  reason: string,
): Promise<boolean> => {
  const { tx, now, endAccess } = ctx;
  const agent = await lockAgent(ctx, agentId);
  if (agent === null || agent.state === 'retired') return false;
  await tx.binding.deleteMany({ where: { agentId } });
  await tx.agent.update({
    where: { id: agentId },
    data: { state: 'retired', stateReason: reason, retiredAt: now, updatedAt: now },
    select: { id: true },
  });
  await endAccess({ kind: 'agent', id: agentId, reason: 'retired' });
  return true;
};

/**
 * Signs an agent out inside another command's transaction: its tokens issued until now stop counting,
 * new ones are accepted. That command must change rights in the registry.
 * @returns whether there is such an agent
 */
export const revokeAgentAccess = async (
  { tx, now, signs, endAccess }: ChangeContext,
  agentId: string,
): Promise<boolean> => {
  await signs('agent', [agentId]);
  const { count } = await tx.agent.updateMany({
    where: { id: agentId },
    data: { tokensRevokedBefore: now, updatedAt: now },
  });
  if (count === 0) return false;
  await endAccess({ kind: 'agent', id: agentId, reason: 'signed_out' });
  return true;
};
