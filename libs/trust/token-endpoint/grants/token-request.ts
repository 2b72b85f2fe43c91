import { knownSince } from '#libs/platform/kernel';
import type { IssuedTo, PresentedToken } from '#libs/trust/authorization-liveness';
import type { VerifiedToken } from '#libs/trust/token-verification';
import type { TokenForm } from './token-form.js';

/** How a token request is made, by its `grant_type`. */
export const GRANTS = {
  client_credentials: 'client_credentials',
  'urn:ietf:params:oauth:grant-type:token-exchange': 'token_exchange',
  'urn:ietf:params:oauth:grant-type:jwt-bearer': 'id_jag',
} as const;

/** One of our names of {@link GRANTS}. */
export type GrantName = (typeof GRANTS)[keyof typeof GRANTS];

/** The agent that asks, and by what it is known. */
export interface TokenCaller {
  readonly agentId: string;
  readonly agentName: string;
  readonly bindingId: string;
  readonly bindingKind: 'subject' | 'client' | 'key';
  readonly authenticationMethod: 'client_assertion' | 'actor_token' | 'subject_token';
  /** The token that names it; null for a client assertion. */
  readonly token: VerifiedToken | null;
  /** When it signed its client assertion; null where a token names it. */
  readonly assertedAt: Date | null;
}

/** How the person was identified on whose behalf a token is requested. */
export type PersonIdentification = 'subject_token' | 'delegation' | 'id_jag';

/** On whose behalf a token is requested, and what proves it. */
export interface TokenSubject {
  readonly personId: string;
  readonly identifiedBy: PersonIdentification;
  readonly delegationId: string | null;
  /** The bindings by which its token is an agent's. */
  readonly issuedTo: readonly IssuedTo[];
  /** Who acts, the current actor first: agents' ids. */
  readonly actors: readonly string[];
}

/** A limit of the new token: its lifetime, its scope and its key. */
export interface Bound {
  readonly expiresAt: Date;
  /** Words of ours; null: it does not limit. */
  readonly scopes: readonly string[] | null;
  readonly confirmationThumbprint: string | null;
}

/**
 * One token request on its way through the steps. Each step fills in what is its own; reading something
 * before its step has run is an error of ours, and fails the request.
 */
export class TokenRequest {
  readonly bounds: Bound[] = [];
  /** The signed token that was presented as the subject's; null: there is none. */
  subjectToken: PresentedToken | null = null;
  /** Null: the agent asks for itself. */
  subject: TokenSubject | null = null;
  #caller: TokenCaller | undefined;
  #scope: string | undefined;
  #thumbprint: string | null | undefined;

  constructor(
    readonly form: TokenForm,
    readonly grant: GrantName,
    readonly dpopProof: string | null,
    readonly now: Date,
  ) {}

  get caller(): TokenCaller {
    return knownSince(this.#caller, 'identifyAgent');
  }
  set caller(caller: TokenCaller) {
    this.#caller = caller;
  }

  get scope(): string {
    return knownSince(this.#scope, 'narrowScope');
  }
  set scope(scope: string) {
    this.#scope = scope;
  }

  /** The key that the token is bound to; null: it is a bearer token. */
  get thumbprint(): string | null {
    return knownSince(this.#thumbprint, 'proveKey');
  }
  set thumbprint(thumbprint: string | null) {
    this.#thumbprint = thumbprint;
  }
}
