import { DomainError } from '#libs/kernel';
import type { z } from 'zod';
import type { agentStateSchema } from './agents.schemas.js';

type AgentState = z.infer<typeof agentStateSchema>;

const FROM: Record<'active' | 'suspended', readonly AgentState[]> = {
  active: ['draft', 'suspended'],
  suspended: ['active'],
};

/** Refuses a change of state that the lifecycle `draft → active ⇄ suspended → retired` does not have. */
export const assertMayBecome = (from: AgentState, to: 'active' | 'suspended'): void => {
  if (FROM[to].includes(from)) return;
  if (from === to) throw new DomainError('conflict', `The agent is ${to} already.`);
  throw new DomainError('conflict', REFUSALS[from]);
};

/** Refuses to bind an agent that can never call again. */
export const assertNotRetired = (state: AgentState): void => {
  if (state === 'retired') throw new DomainError('conflict', REFUSALS.retired);
};

const REFUSALS: Record<AgentState, string> = {
  draft: 'The agent is a draft, which cannot call anything: there is nothing to suspend.',
  active: 'The agent is active.',
  suspended: 'The agent is suspended.',
  retired: 'The agent is retired, and that is final. Register a new agent.',
};
