import {
  parsePolicy,
  type AgentFacts,
  type RuleSource,
  type ToolFacts,
  toolKey,
} from '#libs/engine/policy';
import { MAX_NAME_LENGTH, slug } from './slug.js';

/** The rule that denies one tool to one agent, whatever the arguments. */
export const denialRule = (
  text: string,
  agent: Pick<AgentFacts, 'name'>,
  tool: Pick<ToolFacts, 'server' | 'name'>,
  reason: string,
): RuleSource => ({
  name: freeName(text, `deny-${agent.name}-${tool.server}-${tool.name}`),
  effect: 'deny',
  agents: { names: [agent.name] },
  tools: { names: [toolKey(tool)] },
  when: { always: true },
  reason,
});

const freeName = (text: string, requested: string): string => {
  const { rules } = parsePolicy(text, { holdAvailable: true });
  const taken = new Set((rules ?? []).map((rule) => rule.name));
  const plain = slug(requested, MAX_NAME_LENGTH);
  for (let n = 1; ; n += 1) {
    const ending = n === 1 ? '' : `-${n}`;
    const name = `${slug(plain, MAX_NAME_LENGTH - ending.length)}${ending}`;
    if (!taken.has(name)) return name;
  }
};
