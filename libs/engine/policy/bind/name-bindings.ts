import { compareText, DomainError } from '#libs/platform/kernel';
import type { Rule } from '../parse/rule.js';

/** What a name in a rule may stand for. */
export const NAMED_KINDS = ['agent', 'team', 'group', 'server'] as const;

/** One of {@link NAMED_KINDS}. */
export type NamedKind = (typeof NAMED_KINDS)[number];

/** A name as a rule has it. A tool's name is its server's and its own, and its own never changes. */
export interface RuleName {
  readonly kind: NamedKind;
  readonly name: string;
}

/**
 * What one name in a policy version stands for. It is decided with the text and never changes: rules
 * select by the id, whatever is called by the name later (invariant P11).
 */
export interface NameBinding extends RuleName {
  readonly id: string;
}

/** A tool's name in a policy, in its two parts: a server's slug has no slash. */
export const splitToolName = (name: string): { server: string; tool: string } => {
  const slash = name.indexOf('/');
  return slash === -1
    ? { server: name, tool: '' }
    : { server: name.slice(0, slash), tool: name.slice(slash + 1) };
};

/** Every name in a rule that stands for something with an id. */
export const namesIn = ({ agents, people, tools }: Rule): RuleName[] => [
  ...ofKind('agent', agents?.names),
  ...ofKind('team', agents?.teams),
  ...ofKind('group', people?.groups),
  ...ofKind('server', tools.servers),
  ...ofKind(
    'server',
    tools.names?.map((name) => splitToolName(name).server),
  ),
];

const ofKind = (kind: NamedKind, names: readonly string[] | null | undefined): RuleName[] =>
  (names ?? []).map((name) => ({ kind, name }));

/** A name as a key: no name is taken for another kind's. */
export const nameKey = ({ kind, name }: RuleName): string => `${kind} ${name}`;

/** Each name once, in one order on every machine, so that equal bindings are equal JSON. */
export const inOrder = (bindings: readonly NameBinding[]): NameBinding[] =>
  [...new Map(bindings.map((binding) => [nameKey(binding), binding])).entries()]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, { kind, name, id }]) => ({ kind, name, id }));

/** Finds a name's id; one that is not bound is a fault, because a rule without it would select more or less. */
export const idFinder = (
  bindings: readonly NameBinding[],
): ((kind: NamedKind, name: string) => string) => {
  const ids = new Map(bindings.map((binding) => [nameKey(binding), binding.id]));
  return (kind, name) => {
    const id = ids.get(nameKey({ kind, name }));
    if (id !== undefined) return id;
    throw new DomainError('internal', `The ${kind} ${name.slice(0, 64)} of a rule is not bound.`);
  };
};
