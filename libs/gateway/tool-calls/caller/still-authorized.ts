import {
  assertAgentAuthorized,
  assertPersonAuthorized,
  AuthorizationError,
} from '#libs/trust/authorization-liveness';
import { TokenError } from '#libs/trust/token-verification';
import type { GatewaySnapshot } from '../snapshot/gateway-snapshot.js';
import type { Caller, OnBehalfOf } from './caller.js';
import { personNotProven } from './person-by-claim.js';

/**
 * Throws when the caller is not authorized any more by this snapshot at this time. A call is checked when
 * it is evaluated, and again, while it is in progress, on each newer snapshot (invariant I3).
 */
export const assertStillAuthorized = (
  caller: Caller,
  snapshot: GatewaySnapshot,
  now: Date,
): void => {
  assertAgentAuthorized(caller, snapshot, now);
  if (caller.onBehalfOf !== null) assertActsFor(caller.onBehalfOf, caller, snapshot, now);
};

/** The person's part of it. */
export const assertActsFor = (
  onBehalfOf: OnBehalfOf,
  caller: Caller,
  snapshot: GatewaySnapshot,
  now: Date,
): void => {
  try {
    assertPersonAuthorized(onBehalfOf, caller, snapshot, now);
  } catch (error) {
    const isBesideTheirOwn = onBehalfOf.token !== null && onBehalfOf.token !== caller.token;
    throw isBesideTheirOwn && provesNothing(error) ? personNotProven(error) : error;
  }
};

// What is wrong with the token beside the caller's own, not with the person: whose it was before included.
const provesNothing = (error: unknown): error is TokenError | AuthorizationError =>
  error instanceof TokenError ||
  (error instanceof AuthorizationError &&
    (error.code === 'agent_not_active' || error.code === 'unbound_token'));
