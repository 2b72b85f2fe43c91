import type { Effect } from './rule.js';

/** Why a decision is what it is; anything but `rule` is a deny that no rule made. */
export type DecisionCode =
  'rule' | 'default_deny' | 'unknown_tool' | 'unknown_agent' | 'policy_error';

/** The answer to one call, with the rule that gave it and words for the one who asked. */
export interface Decision {
  readonly effect: Effect;
  readonly code: DecisionCode;
  readonly rule: string | null;
  readonly policyVersionId: string | null;
  readonly reason: string;
  readonly remedy: string | null;
}

const deny = (code: DecisionCode, reason: string, remedy: string): Decision =>
  Object.freeze({ effect: 'deny', code, rule: null, policyVersionId: null, reason, remedy });

export const NO_RULE = deny(
  'default_deny',
  'No rule allows this agent to use this tool, and what no rule allows is denied.',
  'Ask security to add a rule that allows it.',
);

export const NO_RULE_FOR_ARGUMENTS = deny(
  'default_deny',
  'This agent may use this tool, but no rule allows it with these arguments.',
  'Change the arguments to what the rules allow, or ask security to widen a rule.',
);

export const UNKNOWN_AGENT = deny(
  'unknown_agent',
  'The agent is not among the agents that the current policy was compiled for.',
  'Try again; if it stays, ask the administrator whether the agent is active.',
);

export const UNKNOWN_TOOL = deny(
  'unknown_tool',
  'The tool is not among the tools that the current policy was compiled for.',
  'Try again; if it stays, ask the administrator whether the tool is registered.',
);

export const POLICY_ERROR = deny(
  'policy_error',
  'The policy could not be evaluated for this call, so the call is denied.',
  'Send smaller arguments, or tell security: a rule may be too costly to judge.',
);
