import type { Decision } from '#libs/engine/policy';
import type { ToolBlock } from '../snapshot/gateway-snapshot.js';

/** The denial of a tool that is not as people pinned it; no policy is evaluated. */
export const toolBlockDenial = ({ reason, remedy }: ToolBlock): Decision => ({
  effect: 'deny',
  code: 'tool_blocked',
  rule: null,
  policyVersionId: null,
  reason,
  remedy,
  principal: 'agent',
  agentEffect: 'deny',
  personEffect: null,
});
