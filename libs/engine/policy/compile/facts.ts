import { hash } from 'node:crypto';
import type { JsonObject } from '#libs/platform/kernel';

/** What people decided about a tool's effect. */
export const CLASSIFICATIONS = ['read', 'write', 'destructive'] as const;

/** One of {@link CLASSIFICATIONS}. */
export type Classification = (typeof CLASSIFICATIONS)[number];

/** How much an agent may break. */
export const RISK_TIERS = ['low', 'medium', 'high'] as const;

/** One of {@link RISK_TIERS}. */
export type RiskTier = (typeof RISK_TIERS)[number];

/**
 * What the registry knows of a tool, as far as a policy may ask. `server`, the server's slug, is for the
 * author and the reader of a policy: rules select by `serverId`.
 */
export interface ToolFacts {
  readonly id: string;
  readonly serverId: string;
  readonly server: string;
  readonly name: string;
  readonly classification: Classification;
  readonly annotations: JsonObject;
  readonly inputSchema: JsonObject;
}

/** What a rule may select a tool by, and what people call it; its schema matters for its arguments alone. */
export type ToolTraits = Omit<ToolFacts, 'inputSchema'>;

/** What the registry knows of an agent, as far as a policy may ask; rules select by `id`, not by `name`. */
export interface AgentFacts {
  readonly id: string;
  readonly name: string;
  readonly teamId: string;
  readonly riskTier: RiskTier;
  readonly tags: readonly string[];
}

/** What a policy may ask of the person for whom an agent acts: their groups. */
export interface PersonFacts {
  readonly groupIds: readonly string[];
}

/**
 * SHA-256, hex, of everything that a policy may ask of a person, whatever the order: equal where, and only
 * where, the policies cannot tell two states of a person apart.
 */
export const personFactsDigest = ({ groupIds }: PersonFacts): string =>
  hash('sha256', JSON.stringify([...groupIds].sort()), 'hex');

/** The tool's name in policies and for agents: `server/tool`. */
export const toolKey = (tool: Pick<ToolFacts, 'server' | 'name'>): string =>
  `${tool.server}/${tool.name}`;

/**
 * The tool's CASL subject type: its server's id and its own name, which is what a tool is. One that its
 * server renames is another tool; one that is gone and comes back is the same.
 */
export const toolSubject = (tool: Pick<ToolFacts, 'serverId' | 'name'>): string =>
  `${tool.serverId}/${tool.name}`;
