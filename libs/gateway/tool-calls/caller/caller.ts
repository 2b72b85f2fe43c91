import type { VerifiedToken } from '#libs/trust/token-verification';
import type { CallProof } from '#libs/engine/ledger';
import type {
  GatewayAgent,
  GatewayBinding,
  GatewayDelegation,
  GatewayPerson,
} from '../snapshot/gateway-snapshot.js';

/** Who a call is made for, and what proves it. */
export interface OnBehalfOf {
  readonly person: GatewayPerson;
  readonly proof: CallProof;
  /** Where the proof is a delegation, or a token of our own that was got by one. */
  readonly delegation: GatewayDelegation | null;
  /** The signed token about the person; null where the delegation alone is the proof. */
  readonly token: VerifiedToken | null;
}

/** Who calls: the agent that a verified token names, and the person for whom it proved to act. */
export interface Caller {
  readonly agent: GatewayAgent;
  readonly binding: GatewayBinding;
  readonly token: VerifiedToken;
  /** What named the agent. */
  readonly proof: CallProof;
  /** Null when the agent acts for itself. */
  readonly onBehalfOf: OnBehalfOf | null;
}
