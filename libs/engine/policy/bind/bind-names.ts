import { problem, type PolicyProblem } from '../yaml/problem.js';
import type { Rule } from '../parse/rule.js';
import { shown } from '../yaml/yaml-reader.js';
import {
  inOrder,
  nameKey,
  namesIn,
  type NameBinding,
  type NamedKind,
  type RuleName,
} from './name-bindings.js';
import type { NamesOfToday } from './names-of-today.js';

/** What the names in rules stand for, and what is to be said about them. */
export interface BoundNames {
  readonly bindings: readonly NameBinding[];
  readonly problems: readonly PolicyProblem[];
  /** Rules with a name that stands for nothing, or not for one thing; nothing more can be said of them. */
  readonly unbound: ReadonlySet<Rule>;
  /** Rules with a name of something that no longer exists. */
  readonly dangling: ReadonlySet<Rule>;
}

type Resolution = { id: string | null; message?: string; isGone?: boolean };

/**
 * Binds the names in rules to ids: a name that the version before has keeps what it stands for there,
 * any other stands for what is called so today. A name that would then stand for two things is an error.
 */
export function bindNames(
  rules: readonly Rule[],
  today: NamesOfToday,
  before: readonly NameBinding[],
): BoundNames {
  const kept = new Map(before.map((binding) => [nameKey(binding), binding.id]));
  const problems: PolicyProblem[] = [];
  const bindings: NameBinding[] = [];
  const [unbound, dangling] = [new Set<Rule>(), new Set<Rule>()];
  for (const rule of rules) {
    for (const named of uniqueNames(rule)) {
      const { id, message, isGone } = resolve(named, today, kept.get(nameKey(named)));
      if (message !== undefined) {
        problems.push(problem(rule.at, id === null ? 'error' : 'warning', message, rule.name));
      }
      if (id === null) unbound.add(rule);
      else bindings.push({ ...named, id });
      if (isGone === true) dangling.add(rule);
    }
  }
  return { bindings: inOrder(bindings), problems, unbound, dangling };
}

const uniqueNames = (rule: Rule): RuleName[] => [
  ...new Map(namesIn(rule).map((named) => [nameKey(named), named])).values(),
];

const WORDS: Readonly<Record<NamedKind, string>> = {
  agent: 'agent',
  team: 'team',
  group: 'group',
  server: 'tool server',
};

function resolve(
  { kind, name }: RuleName,
  today: NamesOfToday,
  kept: string | undefined,
): Resolution {
  const what = WORDS[kind];
  const written = `\`${shown(name)}\``;
  const named = today.idOf(kind, name);
  if (named === undefined && kept === undefined) {
    return {
      id: null,
      message: `There is no ${what} ${written}; check the spelling or remove it.`,
    };
  }
  if (kept === undefined || kept === named) return { id: named ?? null };
  const nameNow = today.nameOf(kind, kept);
  const now = nameNow === undefined ? 'no longer exists' : `is now called \`${shown(nameNow)}\``;
  if (named === undefined) {
    const message = `The ${what} ${written} ${now}; the rule stays bound to it.`;
    return { id: kept, message, isGone: nameNow === undefined };
  }
  const message = `The ${what} that this policy means by ${written} ${now}, and another has the name. Write its name of today, or publish a version without this name first.`;
  return { id: null, message };
}
