import { raiseAlert } from '#libs/engine/alerts';
import { DAY_MS, DomainError } from '#libs/platform/kernel';
import { z } from 'zod';
import { suspendAgentNow } from '../agents.changes.js';
import { type LoadedAgent, changeOfAgent } from '../agents.repository.js';
import { lastCallAt } from '../agents.sql.js';

/** Why an agent is suspended by itself. */
type LimitExceeded = 'expired' | 'inactive';

/** What its limits are compared with. */
interface LimitedAgent {
  expiresAt: Date | null;
  inactiveAfterDays: number | null;
  activatedAt: Date | null;
  createdAt: Date;
}

/** The limit that an active agent has reached; null when it is within both. */
const limitReached = (
  agent: LimitedAgent,
  lastCallAt: Date | null,
  now: Date,
): LimitExceeded | null => {
  if (agent.expiresAt !== null && agent.expiresAt <= now) return 'expired';
  if (agent.inactiveAfterDays === null) return null;
  // Activating it starts its days anew, or it would be suspended again at once.
  const started = (agent.activatedAt ?? agent.createdAt).getTime();
  const idleMs = now.getTime() - Math.max(started, lastCallAt?.getTime() ?? 0);
  return idleMs > agent.inactiveAfterDays * DAY_MS ? 'inactive' : null;
};

/** Suspends one agent that has expired, or has not called for longer than it may. */
export class EnforceAgentLimits extends changeOfAgent({
  name: 'enforce-agent-limits',
  action: 'suspend',
  changesRights: 'registry',
  actors: 'system',
  input: z.strictObject({}),
  async run(ctx, { id }, agent) {
    const { tx, now } = ctx;
    const calledAt = await lastCallAt(tx, id);
    // Looked up before its row was held: it may have called, or been changed, since.
    const reached = agent.state === 'active' ? limitReached(agent, calledAt, now) : null;
    if (reached === null) throw withinLimits();
    const reason = REASON[reached](agent);
    await suspendAgentNow(ctx, id, reason);
    await raiseAlert(tx, now, {
      kind: 'agent_suspended',
      subject: { kind: 'agent', id },
      message: `${agent.name} was suspended. ${reason}`,
    });
    return {
      output: { id },
      subject: agent,
      facts: {
        from: 'active',
        to: 'suspended',
        limit: reached,
        expiresAt: agent.expiresAt?.toISOString() ?? null,
        inactiveAfterDays: agent.inactiveAfterDays,
        lastCallAt: calledAt?.toISOString() ?? null,
      },
      reason,
    };
  },
}) {}

const REASON: Record<LimitExceeded, (agent: LoadedAgent) => string> = {
  expired: () => 'It expired. To go on, give it a later end and activate it.',
  inactive: ({ inactiveAfterDays }) =>
    `It made no call for ${inactiveAfterDays} days. If it is still needed, activate it again.`,
};

const withinLimits = (): DomainError =>
  new DomainError('conflict', 'The agent is within its limits, or is not active any more.');
