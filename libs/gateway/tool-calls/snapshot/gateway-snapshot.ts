import type {
  KnownAgent,
  KnownBinding,
  KnownDelegation,
  KnownPerson,
  TrustFacts,
} from '#libs/trust/authorization-liveness';
import type { TokenBinding, TrustedIssuers } from '#libs/trust/token-verification';
import type { Json, JsonObject } from '#libs/platform/kernel';
import type { BoundArguments, PolicySnapshot } from '#libs/engine/policy';
import type { UnverifiedRecord } from '#libs/engine/record-signatures';

/** A registered agent, as far as the gateway needs to know. */
export interface GatewayAgent extends KnownAgent {
  readonly name: string;
}

/** By what a token names an agent; a key's tokens are our own. */
export interface GatewayBinding extends KnownBinding {
  readonly agent: GatewayAgent;
  /** Null for a key. */
  readonly token: (TokenBinding & { readonly issuerId: string }) | null;
}

/** A person on whose behalf an agent may call. */
export interface GatewayPerson extends KnownPerson {
  readonly groupIds: readonly string[];
}

/** A person's consent that an agent acts for them. */
export interface GatewayDelegation extends KnownDelegation {
  /** Null: whatever both may do. */
  readonly serverId: string | null;
}

/** Where a tool's calls go. */
export interface GatewayServer {
  readonly id: string;
  readonly slug: string;
  readonly kind: 'mcp' | 'rest';
  readonly url: string;
}

/** Why a tool is not called, whatever the rules say. */
export interface ToolBlock {
  readonly why: 'changed' | 'new' | 'removed';
  readonly reason: string;
  readonly remedy: string;
}

/** One pinned tool. */
export interface GatewayTool {
  readonly id: string;
  readonly server: GatewayServer;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly inputSchema: JsonObject;
  readonly outputSchema: JsonObject | null;
  readonly annotations: JsonObject;
  /** What else of its definition clients are shown: icons, _meta, execution. */
  readonly shownFields: JsonObject;
  readonly operation: JsonObject | null;
  readonly definitionDigest: string;
  /** The schema that arguments are held to: what the tool server wrote, and closed where that is silent. */
  advertisedSchema(): Promise<JsonObject>;
  readonly block: ToolBlock | null;
  /** Binds arguments to the pinned schema; null when the schema cannot be used, and then nothing is called. */
  bind(value: Json): BoundArguments | null | Promise<BoundArguments | null>;
}

/** An active kill switch. */
export interface GatewayKillSwitch {
  readonly scope: 'tool' | 'server' | 'everything';
  /** As the person who activated it wrote it. */
  readonly reason: string;
}

type Facts = TrustFacts<GatewayBinding, GatewayPerson, GatewayDelegation>;

/** What changes with agents, bindings, issuers, tokens, tools, policies and kill switches. */
export interface RegistrySection
  extends Omit<TrustedIssuers, 'epoch'>, Omit<Facts, keyof PeopleSection | keyof TrustedIssuers> {
  readonly issuerIds: ReadonlySet<string>;
  readonly agents: ReadonlyMap<string, GatewayAgent>;
  readonly bindings: ReadonlyMap<string, GatewayBinding>;
  /** By `server/tool`. */
  readonly tools: ReadonlyMap<string, GatewayTool>;
  readonly policy: PolicySnapshot;
  /** What is not as it was signed, and so allows nothing (invariant I14). */
  readonly unverified: readonly UnverifiedRecord[];
  /** The widest active kill switch that covers the tool. */
  killSwitchOf(tool: GatewayTool, now: Date): GatewayKillSwitch | undefined;
}

/** What changes with people, their groups and what they delegated. */
export interface PeopleSection extends Pick<Facts, 'people' | 'personOf' | 'delegations'> {
  readonly people: ReadonlyMap<string, GatewayPerson>;
  readonly delegations: ReadonlyMap<string, GatewayDelegation>;
}

/**
 * Everything that a decision needs, as it was at one epoch. It never changes. It is the view of facts over
 * which the gateway runs the rules of libs/trust/authorization-liveness.
 */
export interface GatewaySnapshot extends RegistrySection, PeopleSection {
  readonly epoch: bigint;
}
