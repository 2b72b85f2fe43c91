import type { Decision } from '#libs/engine/policy';
import type { GatewayKillSwitch } from '../snapshot/gateway-snapshot.js';

const WHAT: Readonly<Record<GatewayKillSwitch['scope'], string>> = {
  tool: 'This tool',
  server: 'This tool server',
  everything: 'Every tool',
};

/** Why a call is stopped, with the words of whoever stopped it. */
export const stoppedReason = ({ scope, reason }: GatewayKillSwitch): string =>
  `${WHAT[scope]} has been stopped: ${reason}`;

/** The denial of a stopped call: whatever the policy says, nobody asked it. */
export const stopped = (stop: GatewayKillSwitch): Decision => ({
  effect: 'deny',
  code: 'stopped',
  rule: null,
  policyVersionId: null,
  reason: stoppedReason(stop),
  remedy: 'Wait until it is lifted, or ask security.',
  principal: 'agent',
  agentEffect: 'deny',
  personEffect: null,
});
