import type { LoadedAgent } from '../agents.repository.js';

/** What a change asks for; absent means leave, null takes a limit away. */
interface Requested {
  riskTier?: LoadedAgent['riskTier'] | undefined;
  tags?: readonly string[] | undefined;
  expiresAt?: string | null | undefined;
  inactiveAfterDays?: number | null | undefined;
}

/** Whether rules that select by tier or tag could select it otherwise. */
export const isOtherwiseSelected = (
  agent: Pick<LoadedAgent, 'riskTier' | 'tags'>,
  { riskTier = agent.riskTier, tags = agent.tags }: Requested,
): boolean =>
  riskTier !== agent.riskTier || new Set(tags).symmetricDifference(new Set(agent.tags)).size > 0;

/** Whether a limit is later, greater, or gone. */
export const isLonger = (
  agent: Pick<LoadedAgent, 'expiresAt' | 'inactiveAfterDays'>,
  { expiresAt, inactiveAfterDays }: Requested,
): boolean =>
  exceeds(
    expiresAt === null || expiresAt === undefined ? expiresAt : Date.parse(expiresAt),
    agent.expiresAt?.getTime() ?? null,
  ) || exceeds(inactiveAfterDays, agent.inactiveAfterDays);

const exceeds = (after: number | null | undefined, before: number | null): boolean =>
  after !== undefined && before !== null && (after === null || after > before);
