import type { JsonObject } from '#libs/platform/kernel';
import { fires, type CompiledRule } from './compile-rule.js';
import type { Decision } from './decision.js';
import type { DefaultDenials } from './default-denials.js';
import { isInForce } from '../parse/rule.js';
import { byEffect } from './published-rules.js';
import { WorkBudget } from '../conditions/work-budget.js';

/** What may decide a call of one tool, strongest first; an evaluation goes down the list once. */
export interface ToolTable {
  /** Not null when the arguments cannot change the answer. */
  readonly constant: Decision | null;
  readonly deciders: readonly CompiledRule[];
  readonly fallback: Decision;
  /** Whether the tool is among "what may be called". */
  readonly listed: boolean;
  /** It applies from this time, when the last rule ended before ... */
  readonly fromMs: number;
  /** ... and before this one, when the next rule ends. */
  readonly expiresAtMs: number;
}

/** Deny before hold before allow, and within an effect the published order. */
export const byPrecedence = (a: CompiledRule, b: CompiledRule): number =>
  byEffect(a.effect, b.effect) || a.index - b.index;

export const countsAt = (table: ToolTable, nowMs: number): boolean =>
  nowMs >= table.fromMs && nowMs < table.expiresAtMs;

export function buildTable(
  rules: readonly CompiledRule[],
  nowMs: number,
  denials: DefaultDenials,
): ToolTable {
  const ends = rules.flatMap(({ expiresAtMs }) => expiresAtMs ?? []);
  const live = rules.filter((rule) => isInForce(rule, nowMs) && canFire(rule)).sort(byPrecedence);
  const end = live.findIndex(alwaysFires);
  // Nothing behind a rule that always fires is ever reached.
  const deciders = end === -1 ? live : live.slice(0, end + 1);
  const grants = live.some(({ effect }) => effect !== 'deny');
  const fallback = grants ? denials.noRuleForArguments : denials.noRule;
  const [first] = deciders;
  const constant = first === undefined ? fallback : alwaysFires(first) ? first.decision : null;
  const barred = live.some((rule) => rule.effect === 'deny' && alwaysFires(rule));
  return {
    constant,
    deciders,
    fallback,
    listed: grants && !barred,
    fromMs: ends.reduce((from, ms) => (ms <= nowMs ? Math.max(from, ms) : from), -Infinity),
    expiresAtMs: ends.reduce(
      (expiresAt, ms) => (ms > nowMs ? Math.min(expiresAt, ms) : expiresAt),
      Infinity,
    ),
  };
}

export function evaluate(table: ToolTable, args: JsonObject): Decision {
  if (table.constant !== null) return table.constant;
  const work = new WorkBudget();
  for (const { condition, effect, decision } of table.deciders) {
    if (fires(effect, condition.evaluate(args, work))) return decision;
  }
  return table.fallback;
}

/** Whether it fires with some arguments. */
export const canFire = ({ condition, effect }: CompiledRule): boolean =>
  condition.constant === null || fires(effect, condition.constant);

/** Whether it fires whatever the arguments. */
export const alwaysFires = ({ condition, effect }: CompiledRule): boolean =>
  condition.constant !== null && fires(effect, condition.constant);
