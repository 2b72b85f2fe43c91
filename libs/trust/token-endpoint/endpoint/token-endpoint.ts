import { Inject, Injectable } from '@nestjs/common';
import { CommandRuntime, recordRejection } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { DpopProofs, TokenVerifier } from '#libs/trust/token-verification';
import { DomainError, systemActor } from '#libs/platform/kernel';
import { IssueToken, type IssuedToken } from '../commands/issue-token.js';
import { issue } from '../grants/issue.js';
import type { TokenDeps } from '../grants/token-deps.js';
import { GRANTS, TokenRequest } from '../grants/token-request.js';
import { readTokenForm, type TokenForm } from '../grants/token-form.js';
import { grantSteps, identifyingSteps } from '../grants/token-steps.js';
import { SigningKeys } from '../keys/signing-keys.js';
import { TrustReader } from '../trust/trust-reader.js';
import { UsedTokenIds } from '../trust/used-token-ids.js';
import { invalidClient } from '../grants/client-assertion.js';
import { OAuthError } from '../errors.js';

const ACTOR = systemActor('token-endpoint');

/** Runs token requests through their steps: first who asks, then what for. */
@Injectable()
export class TokenEndpoint {
  readonly #deps: TokenDeps;

  constructor(
    private readonly runtime: CommandRuntime,
    @Inject(CONFIG) config: Pick<Config, 'publicUrl' | 'gateway'>,
    verifier: TokenVerifier,
    trust: TrustReader,
    usedTokenIds: UsedTokenIds,
    signingKeys: SigningKeys,
    issueToken: IssueToken,
  ) {
    const { db, clock, signer } = runtime;
    const proofs = new DpopProofs(clock);
    const signedBy = signer.keys;
    this.#deps = {
      db,
      config,
      signedBy,
      trust,
      verifier,
      proofs,
      usedTokenIds,
      signingKeys,
      issueToken,
    };
  }

  /** Reads the request and finds out which agent asks. @throws OAuthError */
  async identify(body: unknown, dpopProof: string | null): Promise<TokenRequest> {
    const form = readTokenForm(body);
    const now = this.runtime.clock.now();
    const request = new TokenRequest(form, grantOf(form), dpopProof, now);
    for (const step of identifyingSteps) await step(request, this.#deps);
    return request;
  }

  /** Issues what an identified agent asks for. @throws OAuthError once the rejection is in the ledger */
  async issue(request: TokenRequest): Promise<IssuedToken> {
    try {
      for (const step of grantSteps) await step(request, this.#deps);
    } catch (error) {
      await this.#record(request, error);
      throw error;
    }
    // From here on the command records what it rejects itself.
    return issue(request, this.#deps);
  }

  async #record({ caller }: TokenRequest, error: unknown): Promise<void> {
    if (!(error instanceof DomainError)) return;
    const subjectId = caller.agentId;
    const name = IssueToken.spec.name;
    await recordRejection(this.runtime, { name, subject: 'Agent', subjectId, actor: ACTOR, error });
  }
}

const grantOf = (form: TokenForm) => {
  // A request without any credentials is told so first (RFC 6749 §5.2).
  if (!(form.client_assertion ?? form.actor_token ?? form.subject_token)) throw invalidClient();
  const requested = form.grant_type ?? '';
  const known = Object.entries(GRANTS).find(([type]) => type === requested);
  if (known) return known[1];
  const message = `Send one of these as grant_type: ${Object.keys(GRANTS).join(', ')}.`;
  throw new OAuthError(
    form.grant_type === undefined ? 'invalid_request' : 'unsupported_grant_type',
    message,
  );
};
