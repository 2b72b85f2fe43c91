import {
  catalogNames,
  extendPolicyText,
  toolKey,
  type AgentFacts,
  type NameBinding,
  type NamedThings,
  type RuleSource,
  type ToolFacts,
} from '#libs/engine/policy';
import { DomainError } from '#libs/platform/kernel';
import type { PolicyCatalog } from './policy-texts.js';
import { MAX_NAME_LENGTH, slug } from './slug.js';

/** What is denied to whom, and why. */
export interface Denial {
  agent: Pick<AgentFacts, 'name'>;
  tool: Pick<ToolFacts, 'server' | 'name'>;
  reason: string;
}

/** The text of a policy with the rule that denies one tool to one agent, whatever the arguments. */
export const withDenial = async (
  { text, bindings }: { text: string; bindings: readonly NameBinding[] },
  catalog: PolicyCatalog,
  { agent, tool, reason }: Denial,
): Promise<{ text: string; ruleName: string }> => {
  const rule: RuleSource = {
    name: '',
    effect: 'deny',
    agents: { names: [agent.name] },
    tools: { names: [toolKey(tool)] },
    when: { always: true },
    reason,
  };
  const ruleNames = numbered(`deny-${agent.name}-${tool.server}-${tool.name}`);
  const names = namesOf(bindings, catalog);
  const extended = await extendPolicyText({ text, bindings, names, rule, ruleNames });
  if (extended !== null) return extended;
  throw new DomainError('conflict', 'The policy has too many such rules: remove some of them.');
};

const MOST_OF_ONE_NAME = 1_000;

const numbered = (requested: string): string[] => {
  const plain = slug(requested, MAX_NAME_LENGTH);
  return Array.from({ length: MOST_OF_ONE_NAME }, (_, index) => {
    const ending = index === 0 ? '' : `-${index + 1}`;
    return `${slug(plain, MAX_NAME_LENGTH - ending.length)}${ending}`;
  });
};

// Only what the text names: somebody may have the name today that it was written with.
const namesOf = (bindings: readonly NameBinding[], catalog: PolicyCatalog): NamedThings => {
  const today = catalogNames(catalog);
  const of = (kind: NameBinding['kind']) =>
    bindings
      .filter((binding) => binding.kind === kind)
      .flatMap(({ id }) => {
        const name = today.nameOf(kind, id);
        return name === undefined ? [] : [{ id, name }];
      });
  return { agent: of('agent'), team: of('team'), group: of('group'), server: of('server') };
};
