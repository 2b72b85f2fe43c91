import type { AgentFacts, ToolFacts } from './facts.js';
import type { CompiledRule } from './compile-rule.js';
import { buildTable, type ToolTable } from './tool-table.js';

/** The rights that some agents share: which rules name them, and a table for each tool, made when first asked. */
export class RightsSet {
  readonly #tables = new Map<string, ToolTable>();

  /** `rules` are positions in the snapshot's rules; rules for every agent are not in it. */
  constructor(private readonly rules: ReadonlySet<number>) {}

  selects(rule: CompiledRule): boolean {
    return rule.everyAgent || this.rules.has(rule.index);
  }

  table(toolId: string, candidates: () => readonly CompiledRule[]): ToolTable {
    const known = this.#tables.get(toolId);
    if (known !== undefined) return known;
    const table = buildTable(candidates().filter((rule) => this.selects(rule)));
    this.#tables.set(toolId, table);
    return table;
  }
}

/** What `compilePolicy` knows; it never changes, and what is filled in later changes no answer. */
export interface SnapshotParts {
  readonly agents: ReadonlyMap<string, AgentFacts>;
  readonly tools: ReadonlyMap<string, ToolFacts>;
  readonly rights: ReadonlyMap<string, RightsSet>;
  readonly rules: readonly CompiledRule[];
  readonly rulesOfTool: ReadonlyMap<string, readonly CompiledRule[]>;
  readonly rulesOfEveryTool: readonly CompiledRule[];
}

/** One immutable compilation of published policies, tools and agents; opaque outside this library. */
export class PolicySnapshot {
  readonly #parts: SnapshotParts;

  constructor(parts: SnapshotParts) {
    this.#parts = parts;
  }

  /** @internal */
  table(agentId: string, toolId: string): ToolTable | 'unknown_agent' | 'unknown_tool' {
    const rights = this.#parts.rights.get(agentId);
    if (rights === undefined) return 'unknown_agent';
    if (!this.#parts.tools.has(toolId)) return 'unknown_tool';
    return rights.table(toolId, () => this.#candidates(toolId));
  }

  /** @internal Every rule that selects the agent and the tool, in published order. */
  considered(agentId: string, toolId: string): readonly CompiledRule[] {
    const rights = this.#parts.rights.get(agentId);
    if (rights === undefined || !this.#parts.tools.has(toolId)) return [];
    return this.#candidates(toolId).filter((rule) => rights.selects(rule));
  }

  /** @internal Every rule that selects the agent, in published order. */
  rulesOf(agentId: string): readonly CompiledRule[] {
    const rights = this.#parts.rights.get(agentId);
    return rights === undefined ? [] : this.#parts.rules.filter((rule) => rights.selects(rule));
  }

  /** @internal */
  get tools(): Iterable<ToolFacts> {
    return this.#parts.tools.values();
  }

  #candidates(toolId: string): readonly CompiledRule[] {
    const own = this.#parts.rulesOfTool.get(toolId) ?? [];
    return [...own, ...this.#parts.rulesOfEveryTool].sort((a, b) => a.index - b.index);
  }
}
