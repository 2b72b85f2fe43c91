import type { AgentSelector, PeopleSelector, Rule, ToolSelector } from '../parse/rule.js';
import { toolSubject } from '../compile/facts.js';
import { idFinder, splitToolName, type NameBinding, type NamedKind } from './name-bindings.js';

/** As {@link AgentSelector}, with ids in place of names; a tier and a tag are values and have none. */
export interface BoundAgents {
  readonly ids: readonly string[] | null;
  readonly teamIds: readonly string[] | null;
  readonly tiers: readonly string[] | null;
  readonly tags: readonly string[] | null;
}

/** As {@link PeopleSelector}, with ids in place of names. */
export interface BoundPeople {
  readonly groupIds: readonly string[] | null;
}

/** As {@link ToolSelector}, with ids in place of names; `subjects` are as `toolSubject` writes them. */
export interface BoundTools {
  readonly subjects: readonly string[] | null;
  readonly serverIds: readonly string[] | null;
  readonly classifications: readonly string[] | null;
  readonly annotations: Readonly<Record<string, boolean>> | null;
}

/** Whom a bound rule speaks of: exactly one of the two. */
export type BoundPrincipal =
  | { readonly agents: BoundAgents; readonly people: null }
  | { readonly agents: null; readonly people: BoundPeople };

/** What a rule selects, by ids. */
export type BoundSelectors = BoundPrincipal & { readonly tools: BoundTools };

/** Reads what rules select, by the ids to which their names are bound. */
export const selectorBinder = (
  bindings: readonly NameBinding[],
): ((rule: Rule) => BoundSelectors) => {
  const idOf = idFinder(bindings);
  const all = (kind: NamedKind, names: readonly string[] | null): string[] | null =>
    names && [...new Set(names.map((name) => idOf(kind, name)))];
  const agentsOf = ({ names, teams, tiers, tags }: AgentSelector): BoundAgents => ({
    ids: all('agent', names),
    teamIds: all('team', teams),
    tiers,
    tags,
  });
  const peopleOf = ({ groups }: PeopleSelector): BoundPeople => ({
    groupIds: all('group', groups),
  });
  const subjectOf = (key: string): string => {
    const { server, tool } = splitToolName(key);
    return toolSubject({ serverId: idOf('server', server), name: tool });
  };
  const toolsOf = ({ names, servers, classifications, annotations }: ToolSelector): BoundTools => ({
    subjects: names && [...new Set(names.map(subjectOf))],
    serverIds: all('server', servers),
    classifications,
    annotations,
  });
  return (rule) => ({
    ...(rule.people === null
      ? { agents: agentsOf(rule.agents), people: null }
      : { agents: null, people: peopleOf(rule.people) }),
    tools: toolsOf(rule.tools),
  });
};
