import type { TokenBinding, TrustedIssuers } from '#libs/trust/token-verification';
import type { Json, JsonObject } from '#libs/platform/kernel';
import type { BoundArguments, PolicySnapshot } from '#libs/engine/policy';

/** A registered agent, as far as the gateway needs to know. */
export interface GatewayAgent {
  readonly id: string;
  readonly name: string;
  readonly state: 'draft' | 'active' | 'suspended' | 'retired';
  /** From then on it is not active any more, whether or not the worker has suspended it yet. */
  readonly expiresAt: Date | null;
  /** Its tokens that were issued before this count for nothing. */
  readonly tokensRevokedBefore: Date | null;
}

/** By what a token names an agent; a key's tokens are our own. */
export interface GatewayBinding {
  readonly id: string;
  readonly agent: GatewayAgent;
  readonly kind: 'subject' | 'client' | 'key';
  /** Null for a key. */
  readonly token: (TokenBinding & { readonly issuerId: string }) | null;
}

/** A person on whose behalf an agent may call. */
export interface GatewayPerson {
  readonly id: string;
  readonly isActive: boolean;
  /** Display names, which is how rules name groups. */
  readonly groups: readonly string[];
  /** Tokens about them that were issued before this count for nothing. */
  readonly tokensRevokedBefore: Date | null;
}

/** A person's standing consent that an agent acts for them. */
export interface GatewayDelegation {
  readonly id: string;
  readonly personId: string;
  readonly agentId: string;
  /** Null: whatever both may do. */
  readonly serverId: string | null;
  readonly expiresAt: Date;
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

/** An active kill switch. */
export interface GatewayKillSwitch {
  readonly scope: 'tool' | 'server' | 'everything';
  /** In the words of whoever pressed the button. */
  readonly reason: string;
}

/** What changes with agents, bindings, issuers, tokens, tools, policies and kill switches. */
export interface RegistrySection extends Omit<TrustedIssuers, 'epoch'> {
  readonly agents: ReadonlyMap<string, GatewayAgent>;
  /** Of trusted issuers only, by the binding's id. */
  readonly bindings: ReadonlyMap<string, GatewayBinding>;
  /** Subject bindings of exactly this (issuer, subject), whatever their conditions. */
  subjectBindings(issuer: string, subject: string): readonly GatewayBinding[];
  /** Client bindings of exactly this (issuer, client). */
  clientBindings(issuer: string, client: string): readonly GatewayBinding[];
  isTokenRevoked(issuer: string, tokenId: string): boolean;
  /** The same, for a token of which only the digest is known. */
  isDigestRevoked(digest: string): boolean;
  isUnregisteredAgentBlocked(issuerId: string, subject: string, clientId: string): boolean;
  /** By `server/tool`. */
  readonly tools: ReadonlyMap<string, GatewayTool>;
  readonly policy: PolicySnapshot;
  /** The widest active kill switch that covers the tool. */
  killSwitchOf(tool: GatewayTool): GatewayKillSwitch | undefined;
}

/** What changes with people, their groups and what they delegated. */
export interface PeopleSection {
  readonly people: ReadonlyMap<string, GatewayPerson>;
  /** The person whom exactly this (issuer, subject) is linked to. */
  personOf(issuer: string, subject: string): GatewayPerson | undefined;
  /** Those that nobody has withdrawn; each ends by itself. */
  readonly delegations: ReadonlyMap<string, GatewayDelegation>;
}

/** Everything that a decision needs, as it was at one epoch. It never changes. */
export interface GatewaySnapshot extends RegistrySection, PeopleSection {
  readonly epoch: bigint;
}
