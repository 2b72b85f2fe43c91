import { explain, isInForce, type Effect } from '#libs/engine/policy';
import type { CompiledPolicies } from './published-snapshot.js';

/** What a pair of agent and tool comes to, whatever the arguments. */
export type PairEffect = 'allow' | 'deny' | 'conditional';

/** A rule that selects a pair. */
export interface SelectingRule {
  rule: string;
  effect: Effect;
  reason: string;
  policy: { id: string; name: string; kind: 'policy' | 'access_grant' };
  /** When it ends, in milliseconds since 1970; null: never. */
  expiresAtMs: number | null;
  /** Whether it applies whatever the arguments. */
  always: boolean;
  /** Whether it decides a call without arguments. */
  isDecisive: boolean;
}

/** Every rule in force that selects the pair, strongest effect first; rules for people are another matter. */
export const considerPair = (
  { snapshot, ruleOf, policyOf }: CompiledPolicies,
  agentId: string,
  toolId: string,
  now: Date,
): SelectingRule[] =>
  explain(snapshot, { agentId, toolId, arguments: {}, now }).flatMap((considered) => {
    const rule = ruleOf(considered.policyVersionId, considered.rule);
    const expiresAtMs = rule?.conditions.expiresAtMs ?? null;
    if (!isInForce({ expiresAtMs }, now.getTime())) return [];
    return {
      rule: considered.rule,
      effect: considered.effect,
      reason: rule?.reason ?? '',
      policy: policyOf(considered.policyVersionId),
      always: rule?.conditions.when.kind === 'always',
      expiresAtMs,
      isDecisive: considered.isDecisive,
    };
  });

/** The one word for a pair: `conditional` as soon as the arguments could make a difference. */
export const effectOf = (
  rules: readonly Pick<SelectingRule, 'effect' | 'always'>[],
): PairEffect => {
  const grants = rules.filter((rule) => rule.effect !== 'deny');
  const denies = rules.filter((rule) => rule.effect === 'deny');
  if (grants.length === 0 || denies.some((rule) => rule.always)) return 'deny';
  const alwaysAllowed = grants.some((rule) => rule.effect === 'allow' && rule.always);
  const inTheWay = denies.length > 0 || grants.some((rule) => rule.effect === 'hold');
  return alwaysAllowed && !inTheWay ? 'allow' : 'conditional';
};
