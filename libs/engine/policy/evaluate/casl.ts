import { Ability, type ConditionsMatcher, type MatchConditions } from '@casl/ability';
import type { JsonObject } from '#libs/platform/kernel';
import type { CallConditions } from '../compile/call-rules.js';
import { fires } from '../compile/compile-rule.js';
import {
  toolSubject,
  type AgentFacts,
  type PersonFacts,
  type ToolFacts,
} from '../compile/facts.js';
import { byEffect, inPublishedOrder, type PublishedRules } from '../compile/published-rules.js';
import { isOneOf, meetsConditions, selectsAgent } from '../compile/select.js';
import { compileCondition } from '../conditions/compile-condition.js';
import { UNKNOWN } from '../conditions/truth.js';
import { WorkBudget } from '../conditions/work-budget.js';
import { isInForce, type Effect } from '../parse/rule.js';

/** A call, with everything that rules ask about it. */
export interface CallFacts {
  readonly agent: AgentFacts;
  /** On whose behalf; null: the agent's own. */
  readonly person: PersonFacts | null;
  readonly tool: ToolFacts;
  readonly arguments: JsonObject;
  readonly now: Date;
}

/** One principal's side of a call, as CASL's subject: its type is the registry's, whatever the payload (P5). */
export class CallSubject {
  readonly toolSubject: string;
  /** One for all rules, as in `evaluate`. */
  readonly work = new WorkBudget();

  constructor(
    readonly principal: 'agent' | 'person',
    readonly call: CallFacts,
  ) {
    this.toolSubject = toolSubject(call.tool);
  }
}

type CallAbility = Ability<['call', string | CallSubject], CallConditions>;

/**
 * CASL's ability over everything that is published: it compiles nothing ahead and shares nothing between
 * agents, so it is slow and obviously right. Our precedence is the order of the rules, of which CASL takes
 * the last that matches.
 */
export const createCallAbility = (published: readonly PublishedRules[]): CallAbility =>
  new Ability<['call', string | CallSubject], CallConditions>(
    inPublishedOrder(published)
      .map(({ rule }) => rule)
      .sort((a, b) => byEffect(a.conditions.effect, b.conditions.effect))
      .reverse(),
    {
      conditionsMatcher: matchCall,
      detectSubjectType: (call) => (call instanceof CallSubject ? call.toolSubject : 'no call'),
    },
  );

/** What CASL says to a call. */
export interface CaslDecision {
  readonly effect: Effect;
  readonly agentEffect: Effect;
  /** Null when the agent acts for itself. */
  readonly personEffect: Effect | null;
  /** Of the side whose effect it is; null when no rule made it. */
  readonly rule: string | null;
}

/** Decides a call with CASL: for the agent, and once more for the person; the stricter answer wins. */
export const decideWithCasl = (ability: CallAbility, call: CallFacts): CaslDecision => {
  const agent = decideSide(ability, new CallSubject('agent', call));
  if (call.person === null) return { ...agent, agentEffect: agent.effect, personEffect: null };
  const person = decideSide(ability, new CallSubject('person', call));
  const stricter = byEffect(person.effect, agent.effect) < 0 ? person : agent;
  return { ...stricter, agentEffect: agent.effect, personEffect: person.effect };
};

const decideSide = (
  ability: CallAbility,
  subject: CallSubject,
): Pick<CaslDecision, 'effect' | 'rule'> => {
  try {
    const conditions = ability.relevantRuleFor('call', subject)?.conditions;
    return { effect: conditions?.effect ?? 'deny', rule: conditions?.rule ?? null };
  } catch {
    return { effect: 'deny', rule: null };
  }
};

const matchCall: ConditionsMatcher<CallConditions> = (conditions) => {
  const { effect, when } = conditions;
  const condition = compileCondition(when);
  const matches: MatchConditions = (subject) => {
    // Anything but a call that we made ourselves is in doubt.
    if (!(subject instanceof CallSubject)) return fires(effect, UNKNOWN);
    return (
      selects(conditions, subject) &&
      fires(effect, condition.evaluate(subject.call.arguments, subject.work))
    );
  };
  return matches;
};

const selects = (
  { agents, people, tools, expiresAtMs }: CallConditions,
  { principal, call: { agent, person, tool, now } }: CallSubject,
): boolean => {
  if (!isInForce({ expiresAtMs }, now.getTime()) || !meetsConditions(tools, tool)) return false;
  if (principal === 'agent') return agents !== null && selectsAgent(agents, agent);
  if (person === null || people === null) return false;
  return people.groupIds === null || person.groupIds.some((id) => isOneOf(people.groupIds, id));
};
