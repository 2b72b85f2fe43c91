import type { Decision } from '#libs/engine/policy';
import type { GatewayKillSwitch } from '../snapshot/gateway-snapshot.js';

const WHAT: Readonly<Record<GatewayKillSwitch['scope'], string>> = {
  tool: 'This tool',
  server: 'This tool server',
  everything: 'Every tool',
};

/** Why a kill switch denies a call, with the reason that the person who activated it gave. */
export const killSwitchReason = ({ scope, reason }: GatewayKillSwitch): string =>
  `${WHAT[scope]} is stopped by a kill switch: ${reason}`;

/** The denial by an active kill switch; no policy is evaluated. */
export const killSwitchDenial = (killSwitch: GatewayKillSwitch): Decision => ({
  effect: 'deny',
  code: 'kill_switch_active',
  rule: null,
  policyVersionId: null,
  reason: killSwitchReason(killSwitch),
  remedy: 'Wait until the kill switch is released, or ask a colleague with the role security.',
  principal: 'agent',
  agentEffect: 'deny',
  personEffect: null,
});
