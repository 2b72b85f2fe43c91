import { decideAlone, type Decision, type DecisionCode } from './decision.js';

// The denies that no rule makes. Complete decisions: most calls are an agent's own, and take them as they are.
const deny = (code: DecisionCode, reason: string, remedy: string): Decision =>
  decideAlone({ effect: 'deny', code, rule: null, policyVersionId: null, reason, remedy });

/** What a principal is told when no rule allows the tool at all, or not with these arguments. */
export interface DefaultDenials {
  readonly noRule: Decision;
  readonly noRuleForArguments: Decision;
}

export const AGENT_DENIALS: DefaultDenials = {
  noRule: deny(
    'default_deny',
    'No rule allows this agent to use this tool, and what no rule allows is denied.',
    'Ask security to add a rule that allows it.',
  ),
  noRuleForArguments: deny(
    'default_deny',
    'This agent may use this tool, but no rule allows it with these arguments.',
    'Change the arguments to what the rules allow, or ask security to widen a rule.',
  ),
};

export const PERSON_DENIALS: DefaultDenials = {
  noRule: deny(
    'default_deny',
    'No rule allows the person for whom the agent acts to use this tool, and what no rule allows is denied.',
    'Ask security to add a rule for people, or one of their groups, that allows it.',
  ),
  noRuleForArguments: deny(
    'default_deny',
    'The person for whom the agent acts may use this tool, but no rule allows it with these arguments.',
    'Change the arguments to what the rules for people allow, or ask security to widen a rule.',
  ),
};

/** Instead of {@link PERSON_DENIALS} while no rule speaks of people at all. */
export const NO_PEOPLE_RULES: DefaultDenials = {
  ...PERSON_DENIALS,
  noRule: deny(
    'default_deny',
    'No rule speaks of people, so an agent that acts for a person may do nothing.',
    'Ask security to publish the rule that people may do what their agents may (people: { all: true }).',
  ),
};

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
  'Send smaller arguments, or tell security: a rule may be too costly to evaluate.',
);
