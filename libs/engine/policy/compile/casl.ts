import { Ability, type ConditionsMatcher, type MatchConditions, type RawRule } from '@casl/ability';
import type { JsonObject } from '#libs/platform/kernel';
import { fires } from './compile-rule.js';
import { compileCondition } from '../conditions/compile-condition.js';
import type { Condition } from '../conditions/condition.js';
import { UNKNOWN } from '../conditions/truth.js';
import { toolKey, type PersonFacts } from './facts.js';
import { isInForce, type Effect } from '../parse/rule.js';
import { selectsTool } from './select.js';
import type { PolicySnapshot } from './snapshot.js';
import { byPrecedence } from './tool-table.js';
import { WorkBudget } from '../conditions/work-budget.js';

/** What our matcher evaluates. CASL knows only "inverted", so hold and deny are told apart here. */
export interface CallConditions {
  readonly effect: Effect;
  readonly when: Condition;
  readonly rule: string;
  readonly policyVersionId: string;
}

/** A CASL rule about calling tools; its subjects are registry keys `server/tool`. */
export type CallRule = RawRule<['call', string], CallConditions>;

/** A call as CASL's subject: the type is the registry's, so nothing in a payload can choose it. */
export class CallSubject {
  constructor(
    readonly toolKey: string,
    readonly args: JsonObject,
  ) {}
}

/** Whose rules: an agent's, or those of a person for whom one acts. */
export type CallPrincipal = { readonly agentId: string } | { readonly person: PersonFacts };

/** The principal's rules at a moment as CASL rules, ordered so that CASL's "last rule wins" is our precedence. */
export function toRawRules(snapshot: PolicySnapshot, who: CallPrincipal, now: Date): CallRule[] {
  const tools = [...snapshot.tools];
  const rights =
    'person' in who ? snapshot.rightsOfPerson(who.person) : snapshot.rightsOfAgent(who.agentId);
  if (rights === null) return [];
  return snapshot
    .rulesOf(rights)
    .filter(({ rule }) => isInForce(rule, now.getTime()))
    .sort(byPrecedence)
    .reverse()
    .flatMap(({ rule, policyVersionId }) =>
      tools
        .filter((tool) => selectsTool(rule.tools, tool))
        .map((tool) => ({
          action: 'call' as const,
          subject: toolKey(tool),
          inverted: rule.effect !== 'allow',
          conditions: { effect: rule.effect, when: rule.when, rule: rule.name, policyVersionId },
          reason: rule.reason,
        })),
    );
}

/** The CASL ability over {@link toRawRules}: slow and obviously right, what tests hold `decide` against. */
export const createCallAbility = (
  rules: CallRule[],
): Ability<['call', string | CallSubject], CallConditions> =>
  new Ability<['call', string | CallSubject], CallConditions>(rules, {
    conditionsMatcher: matchCall,
    detectSubjectType: (call) => call.toolKey,
  });

const matchCall: ConditionsMatcher<CallConditions> = ({ effect, when }) => {
  const condition = compileCondition(when);
  const matches: MatchConditions = (call) =>
    // Anything but a call that we made ourselves is in doubt.
    fires(
      effect,
      call instanceof CallSubject ? condition.evaluate(call.args, new WorkBudget()) : UNKNOWN,
    );
  return matches;
};
