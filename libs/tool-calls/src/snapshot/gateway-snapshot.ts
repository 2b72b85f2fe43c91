import type { TrustedIssuer } from '#libs/identity';
import type { Json, JsonObject } from '#libs/kernel';
import type { BoundArguments, PolicySnapshot } from '#libs/policy';

/** A registered agent, as far as the gateway needs to know. */
export interface GatewayAgent {
  readonly id: string;
  readonly name: string;
  readonly state: 'draft' | 'active' | 'suspended' | 'retired';
}

/** An agent and the binding by which a token names it. */
export interface BoundAgent {
  readonly agent: GatewayAgent;
  readonly bindingId: string;
  readonly issuerId: string;
}

/** Where a tool's calls go. */
export interface GatewayServer {
  readonly id: string;
  readonly slug: string;
  readonly kind: 'mcp' | 'rest';
  readonly url: string;
}

/** One pinned tool. */
export interface GatewayTool {
  readonly id: string;
  readonly server: GatewayServer;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly inputSchema: JsonObject;
  readonly annotations: JsonObject;
  readonly operation: JsonObject | null;
  readonly definitionDigest: string;
  /** Binds arguments to the pinned schema; null when the schema cannot be used, and then nothing is called. */
  bind(value: Json): BoundArguments | null;
}

/** Everything that a decision needs, as it was at one epoch. It never changes. */
export interface GatewaySnapshot {
  readonly epoch: bigint;
  readonly issuers: ReadonlyMap<string, TrustedIssuer>;
  /** Every binding that this token's (issuer, subject) matches exactly. */
  bindingsOf(issuer: string, subject: string): readonly BoundAgent[];
  /** By `server/tool`. */
  readonly tools: ReadonlyMap<string, GatewayTool>;
  readonly policy: PolicySnapshot;
}
