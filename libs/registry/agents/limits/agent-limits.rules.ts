/** Why an agent is suspended by itself. */
export type LimitExceeded = 'expired' | 'inactive';

/** What its limits are held against. */
export interface LimitedAgent {
  expiresAt: Date | null;
  inactiveAfterDays: number | null;
  activatedAt: Date | null;
  createdAt: Date;
}

const DAY_MS = 24 * 3600 * 1000;

/** The limit that an active agent has reached; null when it is within both. */
export const limitReached = (
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
