import { compareText } from '#libs/platform/kernel';
import type { CallRule } from '../compile/call-rules.js';
import type { CompiledRule } from '../compile/compile-rule.js';
import { toolKey, type AgentFacts, type ToolTraits } from '../compile/facts.js';
import type { AgentClass, CallablePairs } from './callable-pairs.js';

/** An agent and a tool. */
export interface Pair {
  agent: { id: string; name: string };
  tool: { id: string; server: string; name: string };
}

/** Pairs, ordered by their names: the first of them, and how many there are. */
export interface PairList {
  items: Pair[];
  total: number;
}

/** How what agents may call differs. */
export interface ChangedPairs {
  /** What could not be called before. */
  added: PairList;
  /**
   * What could be called before, and can be called under another rule that allows it, or one less that limits
   * it.
   */
  widened: PairList;
  /** What cannot be called any more. */
  removed: PairList;
}

/** At most so many pairs are listed. */
export const MAX_LISTED_PAIRS = 50;

/** Every pair of agent and tool. */
export const listPairs = (pairs: CallablePairs): PairList =>
  listed(
    [...pairs.agents.values()].map((agent) => ({
      agent,
      tools: pairs.classOf(agent.id)?.callable ?? new Set(),
    })),
    pairs.tools,
  );

/** What differs between two times. */
export const comparePairs = (before: CallablePairs, after: CallablePairs): ChangedPairs => {
  const agents = [...new Map([...before.agents, ...after.agents]).values()];
  const tools = new Map([...before.tools, ...after.tools]);
  const compare = classComparison(before, after);
  const differences = agents.map((agent) => ({
    agent,
    ...compare(before.classOf(agent.id) ?? NO_CLASS, after.classOf(agent.id) ?? NO_CLASS),
  }));
  const list = (kind: keyof ChangedPairs) =>
    listed(
      differences.map((difference) => ({ agent: difference.agent, tools: difference[kind] })),
      tools,
    );
  return { added: list('added'), widened: list('widened'), removed: list('removed') };
};

const NO_CLASS: AgentClass = { rules: [], callable: new Set() };

type ToolsByChange = Record<keyof ChangedPairs, ReadonlySet<string>>;

// Agents come in classes, so what became of one class is worked out once.
const classComparison = (before: CallablePairs, after: CallablePairs) => {
  const changedTools = toolsThatChanged(before, after);
  const known = new Map<AgentClass, Map<AgentClass, ToolsByChange>>();
  return (was: AgentClass, is: AgentClass): ToolsByChange => {
    const ofClass = known.get(was) ?? new Map<AgentClass, ToolsByChange>();
    known.set(was, ofClass);
    const found = ofClass.get(is);
    if (found !== undefined) return found;
    const stayed = was.callable.intersection(is.callable);
    const compared: ToolsByChange = {
      added: is.callable.difference(was.callable),
      removed: was.callable.difference(is.callable),
      widened: stayed.intersection(loosened({ before, was, after, is }, changedTools)),
    };
    ofClass.set(is, compared);
    return compared;
  };
};

interface Comparison {
  before: CallablePairs;
  was: AgentClass;
  after: CallablePairs;
  is: AgentClass;
}

/** The tools on which a rule more allows a call, or a rule less limits it. */
const loosened = (
  { before, was, after, is }: Comparison,
  changedTools: readonly ChangedTool[],
): Set<string> => {
  const [had, has] = [keysOf(was), keysOf(is)];
  const moreGrants = is.rules.filter((rule) => isGrant(rule) && !had.has(samenessOf(rule)));
  const lessLimits = was.rules.filter((rule) => isLimit(rule) && !has.has(samenessOf(rule)));
  const reclassified = changedTools
    .filter(
      ({ newGrants, goneLimits }) =>
        !(has.isDisjointFrom(newGrants) && had.isDisjointFrom(goneLimits)),
    )
    .map(({ id }) => id);
  return new Set([
    ...after.toolsOfAll(moreGrants),
    ...before.toolsOfAll(lessLimits),
    ...reclassified,
  ]);
};

/** A tool that rules select otherwise than before, and by the sameness of what they do. */
interface ChangedTool {
  id: string;
  newGrants: ReadonlySet<string>;
  goneLimits: ReadonlySet<string>;
}

const toolsThatChanged = (before: CallablePairs, after: CallablePairs): ChangedTool[] => {
  const ids = [...before.tools.keys()].filter((id) => {
    const is = after.tools.get(id);
    return is !== undefined && traitsOf(before.tools.get(id)) !== traitsOf(is);
  });
  return ids.map((id) => {
    const selecting = (pairs: CallablePairs, kind: (rule: CompiledRule) => boolean) =>
      new Set(
        pairs.rules
          .filter((rule) => kind(rule) && pairs.toolsOf(rule.rule).has(id))
          .map(samenessOf),
      );
    return {
      id,
      newGrants: selecting(after, isGrant).difference(selecting(before, isGrant)),
      goneLimits: selecting(before, isLimit).difference(selecting(after, isLimit)),
    };
  });
};

const traitsOf = (tool: ToolTraits | undefined): string =>
  JSON.stringify([tool?.serverId, tool?.name, tool?.classification, tool?.annotations]);

// A hold is both: it lets a call through once somebody approves it, and stops one that was allowed.
const isGrant = ({ effect }: CompiledRule): boolean => effect !== 'deny';
const isLimit = ({ effect }: CompiledRule): boolean => effect !== 'allow';

const keysOfClass = new WeakMap<AgentClass, ReadonlySet<string>>();

const keysOf = (agentClass: AgentClass): ReadonlySet<string> => {
  const known = keysOfClass.get(agentClass);
  if (known !== undefined) return known;
  const keys = new Set(agentClass.rules.map(samenessOf));
  keysOfClass.set(agentClass, keys);
  return keys;
};

const samenesses = new WeakMap<CallRule, string>();

// What a rule does to an agent that it selects, whatever its name and wherever it stands.
const samenessOf = ({ rule }: CompiledRule): string => {
  const known = samenesses.get(rule);
  if (known !== undefined) return known;
  const { effect, tools, when, expiresAtMs } = rule.conditions;
  const key = JSON.stringify(
    [effect, rule.subject, tools, when, expiresAtMs],
    (name, value: unknown) => (name === 'at' ? undefined : value),
  );
  samenesses.set(rule, key);
  return key;
};

const listed = (
  found: readonly { agent: AgentFacts; tools: ReadonlySet<string> }[],
  tools: ReadonlyMap<string, ToolTraits>,
): PairList => {
  const total = found.reduce((sum, one) => sum + one.tools.size, 0);
  const items: Pair[] = [];
  const byName = found
    .filter((one) => one.tools.size > 0)
    .toSorted((a, b) => compareText(a.agent.name, b.agent.name));
  for (const one of byName) {
    if (items.length === MAX_LISTED_PAIRS) break;
    const inOrder = [...one.tools]
      .flatMap((id) => tools.get(id) ?? [])
      .toSorted((a, b) => compareText(toolKey(a), toolKey(b)))
      .slice(0, MAX_LISTED_PAIRS - items.length);
    items.push(...inOrder.map((tool) => pairOf(one.agent, tool)));
  }
  return { items, total };
};

const pairOf = (agent: AgentFacts, { id, server, name }: ToolTraits): Pair => ({
  agent: { id: agent.id, name: agent.name },
  tool: { id, server, name },
});
