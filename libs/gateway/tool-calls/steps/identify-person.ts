import { personByClaim } from '../caller/person-by-claim.js';
import { assertPersonStanding } from '../caller/standing.js';
import type { Step } from './step.js';

/** For whom, where the request itself says so: proven, or refused (invariant I8). */
export const identifyPerson: Step = async (exchange, { tokens }) => {
  const { request, caller, snapshot, now } = exchange;
  if (request.onBehalfOf === null) return;
  const onBehalfOf = await personByClaim(request.onBehalfOf, caller, tokens, snapshot);
  exchange.knownCaller = { ...caller, onBehalfOf };
  assertPersonStanding(onBehalfOf, caller.agent, snapshot, now);
};
