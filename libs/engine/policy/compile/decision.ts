import type { Effect, Principal } from '../parse/rule.js';

/** Why a decision is what it is; anything but `rule` is a deny that no rule made. */
export type DecisionCode =
  | 'rule'
  | 'default_deny'
  | 'unknown_tool'
  | 'unknown_agent'
  | 'policy_error'
  /** People stopped the agent, the tool, its server or everything: the policy was not asked. */
  | 'kill_switch_active'
  /** The tool's definition is not as people pinned it, or it is not offered: the policy was not asked. */
  | 'tool_blocked';

/** What the rules say to one principal's side of a call. */
export interface Verdict {
  readonly effect: Effect;
  readonly code: DecisionCode;
  readonly rule: string | null;
  readonly policyVersionId: string | null;
  readonly reason: string;
  readonly remedy: string | null;
}

/** The answer to one call, with the rule that gave it and words for the one who asked. */
export interface Decision extends Verdict {
  /** Whose verdict it is: of the two, the stricter one, and the agent's when they are alike. */
  readonly principal: Principal;
  readonly agentEffect: Effect;
  /** Null when the agent does not act for a person. */
  readonly personEffect: Effect | null;
}

const STRICTNESS: Readonly<Record<Effect, number>> = { deny: 2, hold: 1, allow: 0 };

/** The decision on an agent's own call. */
export const decideAlone = (agent: Verdict): Decision =>
  Object.freeze({
    ...agent,
    principal: 'agent',
    agentEffect: agent.effect,
    personEffect: null,
  });

/** The decision on a call for a person: the stricter verdict, so that delegation only narrows. */
export const decideTogether = (agent: Verdict, person: Verdict): Decision => {
  const isPersons = STRICTNESS[person.effect] > STRICTNESS[agent.effect];
  const { effect, code, rule, policyVersionId, reason, remedy } = isPersons ? person : agent;
  return Object.freeze({
    effect,
    code,
    rule,
    policyVersionId,
    reason,
    remedy,
    principal: isPersons ? 'person' : 'agent',
    agentEffect: agent.effect,
    personEffect: person.effect,
  });
};
