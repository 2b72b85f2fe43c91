import { OAuthError } from '../errors.js';
import { proveByIdJag } from './id-jag.js';
import { identifyAgent } from './identify-agent.js';
import { proveKey } from './prove-key.js';
import { narrowScope, readTarget } from './target-and-scope.js';
import type { TokenDeps } from './token-deps.js';
import { proveByExchange } from './token-exchange.js';
import type { GrantName, TokenRequest } from './token-request.js';

/** One thing that has to be so before a token is issued. It throws when it is not. */
export type TokenStep = (request: TokenRequest, deps: TokenDeps) => void | Promise<void>;

// RFC 6749 §4.4: the client's credentials are all there is.
const proveNothing: TokenStep = ({ form }) => {
  if (form.subject_token ?? form.actor_token ?? form.assertion)
    throw new OAuthError(
      'invalid_request',
      'client_credentials takes no token about anybody: use token exchange for that.',
    );
};

const PROOFS: Readonly<Record<GrantName, TokenStep>> = {
  client_credentials: proveNothing,
  token_exchange: proveByExchange,
  id_jag: proveByIdJag,
};

// On whose behalf the token is asked for, and what identifies the person. Without any it is the agent's own.
const proveSubject: TokenStep = (request, deps) => PROOFS[request.grant](request, deps);

/** Who asks. Until that is known a rejection is only counted. */
export const identifyingSteps: readonly TokenStep[] = [identifyAgent];

/** What they ask for. A rejection from here on is the agent's, and an entry of the ledger. */
export const grantSteps: readonly TokenStep[] = [readTarget, proveSubject, narrowScope, proveKey];
