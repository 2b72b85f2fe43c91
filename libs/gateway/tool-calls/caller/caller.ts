import type { PersonProof } from '#libs/trust/authorization-liveness';
import type { VerifiedToken } from '#libs/trust/token-verification';
import type { IdentificationMethod } from '#libs/engine/ledger';
import type {
  GatewayAgent,
  GatewayBinding,
  GatewayDelegation,
  GatewayPerson,
} from '../snapshot/gateway-snapshot.js';

/** Who a call is made for, and what proves it. */
export interface OnBehalfOf extends PersonProof<GatewayPerson, GatewayDelegation, VerifiedToken> {
  readonly identifiedBy: IdentificationMethod;
}

/** Who calls: the agent that a verified token names, and the person for whom it proved to act. */
export interface Caller {
  readonly agent: GatewayAgent;
  readonly binding: GatewayBinding;
  readonly token: VerifiedToken;
  /** What named the agent. */
  readonly identifiedBy: IdentificationMethod;
  /** Null when the agent acts for itself. */
  readonly onBehalfOf: OnBehalfOf | null;
}
