import { decide as decideCall, type Decision } from '#libs/engine/policy';
import { killSwitchDenial } from './kill-switch-denial.js';
import { toolBlockDenial } from './tool-block-denial.js';
import type { ToolCallStep } from './step.js';

/**
 * The decision: the policy's answer on this one snapshot, for the agent and for the person for whom it
 * acts. A call is denied by default.
 */
export const decide: ToolCallStep = (ctx) => {
  const { snapshot, agent, tool, onBehalfOf, now } = ctx;
  const killSwitch = ctx.isListed ? snapshot.killSwitchOf(tool, now) : undefined;
  if (killSwitch !== undefined) {
    ctx.decision = killSwitchDenial(killSwitch);
    return;
  }
  if (ctx.isListed && tool.block !== null) {
    ctx.decision = toolBlockDenial(tool.block);
    return;
  }
  const decision = decideCall(snapshot.policy, {
    agentId: agent.id,
    toolId: tool.id,
    arguments: ctx.arguments,
    now,
    person: onBehalfOf?.person ?? null,
  });
  ctx.decision = enforceable(decision, ctx.isListed);
};

const enforceable = (decision: Decision, isListed: boolean): Decision => {
  switch (decision.effect) {
    case 'deny':
      return decision;
    case 'allow':
      return isListed
        ? decision
        : denied(decision, 'The policy contradicts itself about this tool.');
    case 'hold':
      return denied(
        decision,
        'A rule wants people to approve this call, and approvals are not available.',
      );
    default:
      return denied(decision, `The policy answered ${String(decision.effect satisfies never)}.`);
  }
};

const denied = (decision: Decision, reason: string): Decision => ({
  ...decision,
  effect: 'deny',
  code: 'policy_error',
  reason,
  remedy: 'Ask security to change the rule.',
});
