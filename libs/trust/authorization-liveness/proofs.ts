import type { VerifiedToken } from '#libs/trust/token-verification';

/** How many agents can act one for another. */
export const MAX_ACTORS = 4;

/** What of a verified token decides whether it is still authorized. */
export type PresentedToken = Pick<
  VerifiedToken,
  | 'issuerId'
  | 'issuer'
  | 'subject'
  | 'clientId'
  | 'tokenId'
  | 'issuedAt'
  | 'actors'
  | 'keyId'
  | 'bindingId'
  | 'derivedFrom'
>;

/** Which agent asks, and by what it is known. */
export interface AgentProof {
  readonly agent: { readonly id: string };
  readonly binding: { readonly id: string };
  /** The access token that names it; null where it signed an assertion with its own key. */
  readonly token: PresentedToken | null;
  /** When it signed that assertion. */
  readonly assertedAt?: Date;
}

/** Whom an agent acts for, and what proves it. */
export interface PersonProof<
  P extends { readonly id: string } = { readonly id: string },
  D extends { readonly id: string } = { readonly id: string },
  T extends PresentedToken = PresentedToken,
> {
  readonly person: P;
  /** Where the proof is a delegation, or a token of our own that was derived from one. */
  readonly delegation: D | null;
  /** The signed token about the person; null where the delegation alone is the proof. */
  readonly token: T | null;
  /** The bindings by which that token is an agent's; none where it was issued to no agent. */
  readonly issuedTo: readonly IssuedTo[];
  /** The agents that act one for another, the current one first (RFC 8693 §4.1). */
  readonly actors: readonly string[];
}

/** A binding by which a token about a person was issued to an agent. */
export interface IssuedTo {
  readonly bindingId: string;
  readonly agentId: string;
}
