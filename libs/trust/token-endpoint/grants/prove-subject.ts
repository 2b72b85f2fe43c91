import { OAuthError } from '../endpoint/oauth-error.js';
import { proveByIdJag } from './id-jag.js';
import { proveByExchange } from './token-exchange.js';
import type { TokenDeps } from './token-deps.js';
import type { GrantName, TokenRequest } from './token-request.js';

type Prove = (request: TokenRequest, deps: TokenDeps) => Promise<void>;

/** On whose behalf the token is asked for, and what shows it. Without a proof it is the agent's own. */
export const proveSubject: Prove = (request, deps) => PROOFS[request.grant](request, deps);

// RFC 6749 §4.4: the client's credentials are all there is.
const proveNothing: Prove = ({ form }) => {
  if (form.subject_token ?? form.actor_token ?? form.assertion)
    throw new OAuthError(
      'invalid_request',
      'client_credentials takes no token about anybody: use token exchange for that.',
    );
  return Promise.resolve();
};

const PROOFS: Record<GrantName, Prove> = {
  client_credentials: proveNothing,
  token_exchange: proveByExchange,
  id_jag: proveByIdJag,
};
