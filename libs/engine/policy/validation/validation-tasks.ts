import type { JsonObject } from '#libs/platform/kernel';
import { compileArguments } from '../arguments/compile-arguments.js';
import type { NameBinding } from '../bind/name-bindings.js';
import type { CallRule } from '../compile/call-rules.js';
import { readCallRules, type TextToRead } from '../compile/read-call-rules.js';
import { lintPolicy, type LintContext } from '../lint/lint-policy.js';
import type { Catalog } from '../lint/lint-selectors.js';
import { parsePolicy } from '../parse/parse-policy.js';
import type { Rule } from '../parse/rule.js';
import type { PolicyProblem } from '../yaml/problem.js';

/** A text to be read, and checked against what there is. */
export interface PolicyTextToCheck {
  readonly text: string;
  readonly catalog: Catalog;
  readonly context: LintContext;
  readonly holdAvailable: boolean;
}

/** A text's rules and everything to say about it; `rules` is null when it cannot be read. */
export interface CheckedPolicyText {
  readonly rules: readonly Rule[] | null;
  /** What the names stand for, as far as they stand for something. */
  readonly bindings: readonly NameBinding[];
  readonly problems: readonly PolicyProblem[];
}

/** What the pool's threads do, by name: plain data in, plain data out. */
export const VALIDATION_TASKS = {
  checkPolicyText({ text, catalog, context, holdAvailable }: PolicyTextToCheck): CheckedPolicyText {
    const { rules, problems } = parsePolicy(text, { holdAvailable });
    if (rules === null) return { rules, bindings: [], problems };
    return { rules, ...lintPolicy(rules, catalog, context) };
  },

  readPublishedText(version: TextToRead): CallRule[] | null {
    return readCallRules(version);
  },

  /** Why the input schema of a tool is rejected; empty when it is not. */
  checkInputSchema(schema: JsonObject): string[] {
    const compiled = compileArguments(schema);
    return compiled.ok ? [] : compiled.reasons;
  },
};

/** The name of a task. */
export type ValidationTask = keyof typeof VALIDATION_TASKS;
