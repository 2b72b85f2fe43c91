import { EVERY_TOOL, type CallRule, type ToolConditions } from '../compile/call-rules.js';
import { compileRule, type CompiledRule } from '../compile/compile-rule.js';
import { toolSubject, type AgentFacts, type ToolTraits } from '../compile/facts.js';
import { inPublishedOrder, type PublishedRules } from '../compile/published-rules.js';
import { meetsConditions, selectsAgent } from '../compile/select.js';
import { shareRules } from '../compile/share-rights.js';
import { alwaysFires, canFire } from '../compile/tool-table.js';
import { isInForce } from '../parse/rule.js';

/** Agents that the same rules select. */
export interface AgentClass {
  /** The rules that select them, in force. */
  readonly rules: readonly CompiledRule[];
  /** The ids of the tools that they may call, with some arguments at least. */
  readonly callable: ReadonlySet<string>;
}

/** What {@link CallablePairs} are made of. */
export interface PairFacts {
  readonly published: readonly PublishedRules[];
  readonly agents: readonly AgentFacts[];
  readonly tools: readonly ToolTraits[];
  readonly now: Date;
}

/**
 * What some agents may call of some tools: the pairs for which a rule in force allows or holds a call with some
 * arguments, and none denies it whatever the arguments. It costs what the rules that select these agents cost.
 */
export class CallablePairs {
  readonly agents: ReadonlyMap<string, AgentFacts>;
  readonly tools: ReadonlyMap<string, ToolTraits>;
  /** Those in force that select any of the agents and any of the tools. */
  readonly rules: readonly CompiledRule[];
  readonly #classOf = new Map<string, AgentClass>();
  readonly #toolsOfSelector = new Map<string, ReadonlySet<string>>();
  readonly #bySubject: ReadonlyMap<string, ToolTraits>;
  readonly #byServer: ReadonlyMap<string, readonly ToolTraits[]>;

  constructor({ published, agents, tools, now }: PairFacts) {
    this.agents = new Map(agents.map((agent) => [agent.id, agent]));
    this.tools = new Map(tools.map((tool) => [tool.id, tool]));
    this.#bySubject = new Map(tools.map((tool) => [toolSubject(tool), tool]));
    this.#byServer = Map.groupBy(tools, (tool) => tool.serverId);
    this.rules = inPublishedOrder(published)
      .filter(({ rule }) => isInForce(rule.conditions, now.getTime()) && this.#isAbout(rule))
      .map(compileRule)
      .filter(canFire)
      // Positions are within what was kept.
      .map((rule, index) => ({ ...rule, index }));
    this.#classify();
  }

  /** Whether none of the agents may call any of the tools. */
  get isEmpty(): boolean {
    return new Set(this.#classOf.values()).values().every(({ callable }) => callable.size === 0);
  }

  /** Undefined: not one of the agents. */
  classOf(agentId: string): AgentClass | undefined {
    return this.#classOf.get(agentId);
  }

  /** The tools that the rule selects. */
  toolsOf({ subject, conditions }: CallRule): ReadonlySet<string> {
    // Rules are many, and what they select of tools is often the same.
    const selector = JSON.stringify([subject, conditions.tools]);
    const known = this.#toolsOfSelector.get(selector);
    if (known !== undefined) return known;
    const selected = this.#candidates(subject, conditions.tools).filter((tool) =>
      meetsConditions(conditions.tools, tool),
    );
    const ids = new Set(selected.map(({ id }) => id));
    this.#toolsOfSelector.set(selector, ids);
    return ids;
  }

  #candidates(subject: CallRule['subject'], { serverIds }: ToolConditions): readonly ToolTraits[] {
    if (subject !== EVERY_TOOL) return subject.flatMap((one) => this.#bySubject.get(one) ?? []);
    if (serverIds === null) return [...this.tools.values()];
    return serverIds.flatMap((id) => this.#byServer.get(id) ?? []);
  }

  // What selects none of the agents, or none of the tools, is not even compiled.
  #isAbout(rule: CallRule): boolean {
    const { agents: selector } = rule.conditions;
    if (selector === null) return false;
    const candidates =
      selector.ids === null
        ? this.agents.values()
        : selector.ids.flatMap((id) => this.agents.get(id) ?? []).values();
    return candidates.some((agent) => selectsAgent(selector, agent)) && this.toolsOf(rule).size > 0;
  }

  #classify(): void {
    const classes = new Map<ReadonlySet<number>, AgentClass>();
    for (const [agentId, named] of shareRules(this.rules, [...this.agents.values()])) {
      const agentClass = classes.get(named) ?? this.#classWith(named);
      classes.set(named, agentClass);
      this.#classOf.set(agentId, agentClass);
    }
  }

  #classWith(named: ReadonlySet<number>): AgentClass {
    const selecting = this.rules.filter((rule) => rule.everyone || named.has(rule.index));
    const granted = selecting.filter(({ effect }) => effect !== 'deny');
    const barring = selecting.filter((rule) => rule.effect === 'deny' && alwaysFires(rule));
    return {
      rules: selecting,
      callable: this.toolsOfAll(granted).difference(this.toolsOfAll(barring)),
    };
  }

  /** The tools that any of the rules selects. */
  toolsOfAll(rules: readonly CompiledRule[]): Set<string> {
    const all = new Set<string>();
    for (const tools of new Set(rules.map(({ rule }) => this.toolsOf(rule))))
      for (const id of tools) all.add(id);
    return all;
  }
}
