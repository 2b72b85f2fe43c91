import { identifyAgent } from './identify-agent.js';
import { narrowScope } from './narrow-scope.js';
import { proveKey } from './prove-key.js';
import { proveSubject } from './prove-subject.js';
import { readTarget } from './read-target.js';
import type { TokenDeps } from './token-deps.js';
import type { TokenRequest } from './token-request.js';

/** One thing that has to be so before a token is issued. It throws when it is not. */
export type TokenStep = (request: TokenRequest, deps: TokenDeps) => void | Promise<void>;

/** Who asks. Until that is known a rejection is only counted. */
export const identifyingSteps: readonly TokenStep[] = [identifyAgent];

/** What they ask for. A rejection from here on is the agent's, and an entry of the ledger. */
export const grantSteps: readonly TokenStep[] = [readTarget, proveSubject, narrowScope, proveKey];
