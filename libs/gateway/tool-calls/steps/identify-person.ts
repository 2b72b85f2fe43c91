import { personByClaim } from '../caller/person-by-claim.js';
import { assertActsFor } from '../caller/still-authorized.js';
import type { ToolCallStep } from './step.js';

/** For whom, where the request itself says so: proven, or rejected (invariant I8). */
export const identifyPerson: ToolCallStep = async (ctx, { tokens }) => {
  const { request, caller, snapshot, now } = ctx;
  if (request.onBehalfOf === null) return;
  const onBehalfOf = await personByClaim(request.onBehalfOf, caller, tokens, snapshot);
  ctx.knownCaller = { ...caller, onBehalfOf };
  assertActsFor(onBehalfOf, caller, snapshot, now);
};
