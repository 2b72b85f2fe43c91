import type { TokenBinding } from '#libs/trust/token-verification';

/** A registered agent, as far as it decides whether the agent is authorized. */
export interface KnownAgent {
  readonly id: string;
  readonly state: 'draft' | 'active' | 'suspended' | 'retired';
  /** From then on it is not active any more, whether or not the worker has suspended it yet. */
  readonly expiresAt: Date | null;
  /** Tokens and assertions that it was issued or signed before this are rejected. */
  readonly tokensRevokedBefore: Date | null;
}

/** By what a token names an agent; a key's tokens are our own. */
export interface KnownBinding {
  readonly id: string;
  readonly agent: { readonly id: string };
  readonly kind: 'subject' | 'client' | 'key';
  /** Null for a key. */
  readonly token: TokenBinding | null;
}

/** A person on whose behalf an agent may act. */
export interface KnownPerson {
  readonly id: string;
  readonly isActive: boolean;
  /** Tokens about them that were issued before this are rejected. */
  readonly tokensRevokedBefore: Date | null;
}

/** A person's consent that an agent acts for them. */
export interface KnownDelegation {
  readonly id: string;
  readonly personId: string;
  readonly agentId: string;
  readonly expiresAt: Date;
}

/** Finds one thing by its name; a `Map` is one. */
export interface Lookup<V> {
  get(name: string): V | undefined;
}

/**
 * A read-only view of what decides whether somebody is authorized, at one time. The gateway's snapshot is
 * one, the token endpoint reads another from rows; the rules are the same over both.
 */
export interface TrustFacts<
  B extends KnownBinding = KnownBinding,
  P extends KnownPerson = KnownPerson,
  D extends KnownDelegation = KnownDelegation,
> {
  /** Our own token endpoint with its keys that are not withdrawn; null: there is none. */
  readonly own: {
    readonly url: string;
    readonly keys: readonly { readonly kid?: string }[];
  } | null;
  /** The trusted issuers by their exact URL, never one under our own. */
  readonly issuers: Lookup<{ readonly id: string }>;
  /** The same, by our ids for them. */
  readonly issuerIds: { has(id: string): boolean };
  readonly agents: Lookup<KnownAgent>;
  /** Of trusted issuers only, by the binding's id. */
  readonly bindings: Lookup<B>;
  /** Subject bindings of exactly this (issuer, subject), whatever their conditions. */
  subjectBindings(issuer: string, subject: string): readonly B[];
  /** Client bindings of exactly this (issuer, client). */
  clientBindings(issuer: string, client: string): readonly B[];
  /** Whether a binding of this client, or of its own subject, was removed. */
  wasClientUnbound(issuer: string, client: string): boolean;
  readonly people: Lookup<P>;
  /** The person whom exactly this (issuer, subject) is linked to. */
  personOf(issuer: string, subject: string): P | undefined;
  /** Those that nobody has withdrawn. */
  readonly delegations: Lookup<D>;
  isTokenRevoked(issuer: string, tokenId: string): boolean;
  /** The same, for a token of which only the digest is known. */
  isDigestRevoked(digest: string): boolean;
  /**
   * When what was done by emergency access alone ends, by the id of the agent, issuer or person; nothing for what
   * nobody touched so, or two people kept. From then on it gives nothing, whether or not the worker has undone it yet.
   */
  readonly emergencyEnds: Lookup<Date>;
  /** Whether somebody blocked this caller in the inbox of unregistered agents; no client is `''`. */
  isUnregisteredAgentBlocked(issuerId: string, subject: string, clientId: string): boolean;
}
