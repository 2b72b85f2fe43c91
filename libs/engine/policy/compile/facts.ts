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

/** What the registry knows of a tool, as far as a policy may ask; `server` is the server's slug. */
export interface ToolFacts {
  readonly id: string;
  readonly server: string;
  readonly name: string;
  readonly classification: Classification;
  readonly annotations: JsonObject;
  readonly inputSchema: JsonObject;
}

/** What the registry knows of an agent, as far as a policy may ask. */
export interface AgentFacts {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly riskTier: RiskTier;
  readonly tags: readonly string[];
}

/** What a policy may ask of the person for whom an agent acts: the names of their groups. */
export interface PersonFacts {
  readonly groups: readonly string[];
}

/**
 * SHA-256, hex, of everything that a policy may ask of a person, whatever the order: equal where, and only
 * where, the policies cannot tell two states of a person apart.
 */
export const personFactsDigest = ({ groups }: PersonFacts): string =>
  hash('sha256', JSON.stringify([...groups].sort()), 'hex');

/** The tool's registry key `server/tool`: its name in policies and its CASL subject type. */
export const toolKey = (tool: Pick<ToolFacts, 'server' | 'name'>): string =>
  `${tool.server}/${tool.name}`;
