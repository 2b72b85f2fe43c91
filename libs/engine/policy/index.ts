export { compileAbility } from './ability/compile-ability.js';
export { packAbility } from './ability/pack-ability.js';
export type { PackedAbility } from './ability/packed-ability.js';
export { addRule, type RuleSource } from './parse/add-rule.js';
export type { BoundArguments } from './arguments/bind-value.js';
export { compileArguments, type CompiledArguments } from './arguments/compile-arguments.js';
export {
  advertiseArguments,
  prepareArguments,
  startPreparing,
  type PreparedArguments,
} from './validation/prepare-arguments.js';
export type { BoundAgents } from './bind/selectors.js';
export { ruleSelectsTool, selectsAgent } from './compile/select.js';
export { toCallRules, type CallRule } from './compile/call-rules.js';
export { compilePolicy } from './compile/compile-policy.js';
export { createCallAbility, decideWithCasl } from './evaluate/casl.js';
export type { PublishedRules } from './compile/published-rules.js';
export { decide, canList } from './evaluate/decide.js';
export type { Decision } from './compile/decision.js';
export { explain } from './evaluate/explain.js';
export {
  personFactsDigest,
  toolKey,
  type AgentFacts,
  type PersonFacts,
  type ToolFacts,
  type ToolTraits,
} from './compile/facts.js';
export { CallablePairs } from './pairs/callable-pairs.js';
export { comparePairs, listPairs } from './pairs/compare-pairs.js';
export { catalogNames, lintPolicy, type LintContext } from './lint/lint-policy.js';
export type { NameBinding, NamedKind } from './bind/name-bindings.js';
export { namesOfToday, type NamedThings } from './bind/names-of-today.js';
export { readNameBindings } from './bind/read-name-bindings.js';
export type { Catalog } from './lint/lint-selectors.js';
export { parsePolicy } from './parse/parse-policy.js';
export {
  checkInputSchema,
  checkPolicyText,
  extendPolicyText,
  readPublishedText,
  startValidation,
  writeCurrentNames,
} from './validation/validate.js';
export type { CheckedPolicyText } from './validation/validation-tasks.js';
export type { PolicyProblem } from './yaml/problem.js';
export { isInForce, type Effect, type Rule } from './parse/rule.js';
export type { PolicySnapshot } from './compile/snapshot.js';
