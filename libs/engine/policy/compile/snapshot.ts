import type { CompiledRule } from './compile-rule.js';
import type { Decision } from './decision.js';
import type { PersonFacts, ToolFacts } from './facts.js';
import type { PeopleRights } from './people-rights.js';
import { UNKNOWN_TOOL } from './default-denials.js';
import type { RightsSet } from './rights-set.js';
import type { ToolTable } from './tool-table.js';

/** What `compilePolicy` knows; it never changes, and what is filled in later changes no answer. */
export interface SnapshotParts {
  readonly tools: ReadonlyMap<string, ToolFacts>;
  readonly rightsOfAgents: ReadonlyMap<string, RightsSet>;
  readonly rightsOfPeople: PeopleRights;
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

  /** @internal Null: the snapshot knows no such agent. */
  rightsOfAgent(agentId: string): RightsSet | null {
    return this.#parts.rightsOfAgents.get(agentId) ?? null;
  }

  /** @internal */
  rightsOfPerson(person: PersonFacts): RightsSet {
    return this.#parts.rightsOfPeople.of(person);
  }

  /** @internal What decides a call of the tool at that moment; an unknown tool is denied. */
  table(rights: RightsSet, toolId: string, now: Date): ToolTable | Decision {
    if (!this.#parts.tools.has(toolId)) return UNKNOWN_TOOL;
    const nowMs = now.getTime();
    // Whether a rule has ended cannot be told without knowing the time.
    if (!Number.isFinite(nowMs)) throw new RangeError('the moment of a call is not a time');
    return rights.table(toolId, nowMs, () => this.#candidates(toolId));
  }

  /** @internal Every rule that selects the principal and the tool, in published order, ended ones too. */
  considered(rights: RightsSet, toolId: string): readonly CompiledRule[] {
    if (!this.#parts.tools.has(toolId)) return [];
    return this.#candidates(toolId).filter((rule) => rights.selects(rule));
  }

  #candidates(toolId: string): readonly CompiledRule[] {
    const own = this.#parts.rulesOfTool.get(toolId) ?? [];
    return [...own, ...this.#parts.rulesOfEveryTool].sort((a, b) => a.index - b.index);
  }
}
