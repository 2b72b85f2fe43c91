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
  type CallRule,
} from './casl.js';
export { compilePolicy, type PublishedRules } from './compile-policy.js';
export type { Condition } from './conditions/condition.js';
export type { TruthName } from './conditions/truth.js';
export { decide, mayList, type DecisionRequest } from './decide.js';
export type { Decision, DecisionCode } from './decision.js';
export { explain, type Consideration } from './explain.js';
export {
  toolKey,
  type AgentFacts,
  type Classification,
  type RiskTier,
  type ToolFacts,
} from './facts.js';
export { lintPolicy } from './lint/lint-policy.js';
export type { Catalog } from './lint/lint-selectors.js';
export { parsePolicy, type ParsedPolicy } from './parse-policy.js';
export type { Position } from './position.js';
export type { PolicyProblem } from './problem.js';
export { type AgentSelector, type Effect, type Rule, type ToolSelector } from './rule.js';
export type { PolicySnapshot } from './snapshot.js';
