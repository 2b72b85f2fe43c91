import { DomainError } from '#libs/platform/kernel';
import type { LoadedAgent } from './agents.repository.js';

type AgentState = LoadedAgent['state'];

const FROM: Record<Exclude<AgentState, 'draft'>, readonly AgentState[]> = {
  active: ['draft', 'suspended'],
  suspended: ['active'],
  retired: ['draft', 'active', 'suspended'],
};

/** Rejects a change of state that the lifecycle `draft → active ⇄ suspended → retired` does not have. */
export const assertCanBecome = (from: AgentState, to: keyof typeof FROM): void => {
  if (FROM[to].includes(from)) return;
  if (from === to && from !== 'retired')
    throw new DomainError('conflict', `The agent is ${to} already.`);
  throw new DomainError('conflict', REJECTIONS[from]);
};

/** Rejects to change an agent that can never call again. */
export const assertNotRetired = (state: AgentState): void => {
  if (state === 'retired') throw new DomainError('conflict', REJECTIONS.retired);
};

/** Rejects to let an agent call that has no binding, that has expired, or whose owner is gone. */
export const assertCanCall = (agent: LoadedAgent, now: Date): void => {
  const obstacle = obstacleOf(agent, now);
  if (obstacle !== null) throw new DomainError('precondition_failed', obstacle);
};

const obstacleOf = (agent: LoadedAgent, now: Date): string | null => {
  if (agent.bindingCount === 0)
    return 'This agent has no binding yet. Bind it to an issuer or to a key first.';
  if (agent.expiresAt !== null && agent.expiresAt <= now)
    return 'The agent has expired. Give it a later end, or none, first.';
  if (agent.orphanedAt !== null || agent.owner.disabledAt !== null)
    return "The agent's owner is gone. Give it an owner who is active first.";
  return null;
};

const REJECTIONS: Record<AgentState, string> = {
  draft: 'The agent is a draft, which cannot call anything: there is nothing to suspend.',
  active: 'The agent is active.',
  suspended: 'The agent is suspended.',
  retired: 'The agent is retired, and that is final. Register a new agent.',
};
