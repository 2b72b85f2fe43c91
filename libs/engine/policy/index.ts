export { addRule, type RuleSource } from './add-rule.js';
export {
  compileArguments,
  type ArgumentBinder,
  type BoundArguments,
  type CompiledArguments,
} from './arguments/compile-arguments.js';
export {
  CallSubject,
  createCallAbility,
  toRawRules,
  type CallConditions,
  type CallPrincipal,
  type CallRule,
} from './casl.js';
export { compilePolicy, type PublishedRules } from './compile-policy.js';
export type { Condition } from './conditions/condition.js';
export type { TruthName } from './conditions/truth.js';
export { decide, canList, type DecisionRequest } from './decide.js';
export type { Decision, DecisionCode } from './decision.js';
export { explain, type Consideration } from './explain.js';
export {
  toolKey,
  type AgentFacts,
  type Classification,
  type PersonFacts,
  type RiskTier,
  type ToolFacts,
} from './facts.js';
export { lintPolicy } from './lint/lint-policy.js';
export type { Catalog } from './lint/lint-selectors.js';
export type { LintMoment } from './lint/lint-until.js';
export { parsePolicy, type ParsedPolicy } from './parse-policy.js';
export type { Position } from './position.js';
export type { PolicyProblem } from './problem.js';
export {
  isInForce,
  type AgentSelector,
  type Effect,
  type PeopleSelector,
  type Principal,
  type Rule,
  type ToolSelector,
} from './rule.js';
export type { PolicySnapshot } from './snapshot.js';
