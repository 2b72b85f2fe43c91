import type { CompiledRule } from './compile-rule.js';
import type { DefaultDenials } from './default-denials.js';
import type { Principal } from '../parse/rule.js';
import { buildTable, countsAt, type ToolTable } from './tool-table.js';

/** The rights that some principals share: which rules name them, and a table for each tool, made when first asked. */
export class RightsSet {
  readonly #tables = new Map<string, ToolTable>();

  /** `named` are positions in the snapshot's rules; rules for every agent, or everybody, are not in it. */
  constructor(
    private readonly principal: Principal,
    private readonly named: ReadonlySet<number>,
    private readonly denials: DefaultDenials,
  ) {}

  selects(rule: CompiledRule): boolean {
    return rule.principal === this.principal && (rule.everyone || this.named.has(rule.index));
  }

  table(toolId: string, nowMs: number, candidates: () => readonly CompiledRule[]): ToolTable {
    const known = this.#tables.get(toolId);
    if (known !== undefined && countsAt(known, nowMs)) return known;
    const rules = candidates().filter((rule) => this.selects(rule));
    const table = buildTable(rules, nowMs, this.denials);
    this.#tables.set(toolId, table);
    return table;
  }
}
