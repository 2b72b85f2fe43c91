import { assertAgentAuthorized, assertPersonAuthorized } from '#libs/trust/authorization-liveness';
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
    const isBesideTheirOwn = error instanceof TokenError && onBehalfOf.token !== caller.token;
    throw isBesideTheirOwn ? personNotProven(error) : error;
  }
};
