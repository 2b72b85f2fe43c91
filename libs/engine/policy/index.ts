export { addRule, type RuleSource } from './add-rule.js';
export {
  compileArguments,
  type BoundArguments,
  type CompiledArguments,
} from './arguments/compile-arguments.js';
export { CallSubject, createCallAbility, toRawRules } from './casl.js';
export { compilePolicy, type PublishedRules } from './compile-policy.js';
export { decide, canList, type DecisionRequest } from './decide.js';
export type { Decision } from './decision.js';
export { explain } from './explain.js';
export { toolKey, type AgentFacts, type PersonFacts, type ToolFacts } from './facts.js';
export { lintPolicy } from './lint/lint-policy.js';
export type { Catalog } from './lint/lint-selectors.js';
export type { LintMoment } from './lint/lint-until.js';
export { parsePolicy } from './parse-policy.js';
export type { PolicyProblem } from './problem.js';
export { isInForce, type Effect, type Rule } from './rule.js';
export type { PolicySnapshot } from './snapshot.js';
