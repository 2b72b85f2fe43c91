import type { JsonObject } from '#libs/platform/kernel';
import type { SecondLook } from '../arguments/bind-value.js';
import {
  advertisedArguments,
  compileArguments,
  firstLook,
  orRejected,
  secondLook,
  type FirstLook,
} from '../arguments/compile-arguments.js';
import { validatorCode } from '../arguments/validator-code.js';
import type { NameBinding } from '../bind/name-bindings.js';
import { namesOfToday, type NamedThings } from '../bind/names-of-today.js';
import { writeNamesOfToday } from '../bind/write-names.js';
import type { CallRule } from '../compile/call-rules.js';
import { readCallRules, type TextToRead } from '../compile/read-call-rules.js';
import { lintPolicy, type LintContext } from '../lint/lint-policy.js';
import type { Catalog } from '../lint/lint-selectors.js';
import { addRule, type RuleSource } from '../parse/add-rule.js';
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

/** A published text that is to get one more rule. */
export interface TextToExtend {
  readonly text: string;
  readonly bindings: readonly NameBinding[];
  /** What is bound, as it is called today. */
  readonly names: NamedThings;
  readonly rule: RuleSource;
  /** What the rule may be called, the first that is free. */
  readonly ruleNames: readonly string[];
}

/** A text that is to be shown with the names of today. */
export type TextToShow = Pick<TextToExtend, 'text' | 'bindings' | 'names'>;

/** The text with the rule, and how that is called. */
export interface ExtendedText {
  readonly text: string;
  readonly ruleName: string;
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

  writeNames({ text, bindings, names }: TextToShow): string {
    return writeNamesOfToday(text, bindings, namesOfToday(names));
  },

  /** Null when every name is taken. */
  extendText({ text, bindings, names, rule, ruleNames }: TextToExtend): ExtendedText | null {
    const written = writeNamesOfToday(text, bindings, namesOfToday(names));
    const { rules } = parsePolicy(written, { holdAvailable: true });
    const taken = new Set((rules ?? []).map(({ name }) => name));
    const ruleName = ruleNames.find((name) => !taken.has(name));
    if (ruleName === undefined) return null;
    return { text: addRule(written, { ...rule, name: ruleName }), ruleName };
  },

  /** A schema as callers see it; null when it cannot be used. */
  advertiseArguments(schema: JsonObject): JsonObject | null {
    return advertisedArguments(schema);
  },

  /** The code that binds arguments by a schema; null when it cannot be used. */
  compileArguments(schema: JsonObject): FirstLook<string> | null {
    const found = orRejected(() => ({ ok: true, look: firstLook(schema, validatorCode) }) as const);
    return found.ok ? found.look : null;
  },

  /** The code that tells what is wrong with arguments. */
  compileSecondLook(enforced: JsonObject): SecondLook<string> | null {
    const found = orRejected(
      () => ({ ok: true, look: secondLook(enforced, validatorCode) }) as const,
    );
    return found.ok ? found.look : null;
  },

  /** Why the input schema of a tool is rejected; empty when it is not. */
  checkInputSchema(schema: JsonObject): string[] {
    const compiled = compileArguments(schema);
    return compiled.ok ? [] : compiled.reasons;
  },
};

/** The name of a task. */
export type ValidationTask = keyof typeof VALIDATION_TASKS;
