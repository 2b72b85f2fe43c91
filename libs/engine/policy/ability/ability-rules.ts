import type { JsonObject } from '#libs/platform/kernel';
import type { CallRule } from '../compile/call-rules.js';
import { toolKey, type ToolFacts } from '../compile/facts.js';
import type { CompiledRule } from '../compile/compile-rule.js';
import { byPrecedence } from '../compile/tool-table.js';
import { writeCondition } from '../conditions/write-condition.js';
import { fillsDefault } from './fills-default.js';
import type { AbilityConditions, AbilityRule } from './packed-ability.js';

const MAX_BYTES = 256 * 1024;
// What a rule takes besides its tools and its condition.
const ENTRY_BYTES = 32;

/** A tool that the agent may list. */
export interface AbilityTool extends Pick<ToolFacts, 'id' | 'server' | 'name' | 'inputSchema'> {
  /** Whether an active kill switch blocks it. */
  readonly isBlocked: boolean;
}

interface Entry {
  readonly compiled: CompiledRule;
  readonly conditions: AbilityConditions;
  readonly subject: string[];
}

/** Gathers the rules of an answer; a rule that says the same of several tools is there once. */
export class AbilityRules {
  readonly #entries = new Map<string, Entry>();
  readonly #blocked: string[] = [];
  readonly #tooLarge: string[] = [];
  #bytes = 0;

  constructor(private readonly isForPerson: boolean) {}

  block(tool: AbilityTool): void {
    this.#blocked.push(toolKey(tool));
  }

  add(tool: AbilityTool, deciders: readonly CompiledRule[]): void {
    const subject = toolKey(tool);
    const known = new Map<string, Entry>();
    let bytes = 0;
    for (const compiled of deciders) {
      const conditions = this.#conditionsOf(compiled, tool);
      const { when, ask } = conditions;
      const key = `${compiled.index} ${when !== undefined} ${ask === true}`;
      const entry = this.#entries.get(key) ?? { compiled, conditions, subject: [] };
      bytes +=
        Buffer.byteLength(subject) + (this.#entries.has(key) ? 0 : bytesOf(conditions, compiled));
      known.set(key, entry);
      if (this.#bytes + bytes <= MAX_BYTES) continue;
      // What does not fit into an answer is for the gateway to say.
      this.#tooLarge.push(subject);
      return;
    }
    this.#bytes += bytes;
    for (const [key, entry] of known) {
      entry.subject.push(subject);
      this.#entries.set(key, entry);
    }
  }

  /** As CASL wants them: the last that applies decides. */
  inOrder(): AbilityRule[] {
    const rules = [...this.#entries.values()]
      .sort((a, b) => byPrecedence(a.compiled, b.compiled))
      .map(({ compiled, conditions, subject }) =>
        abilityRule(subject, compiled.effect !== 'allow', conditions),
      );
    return [
      abilityRule(this.#tooLarge, true, { ask: true }),
      abilityRule(this.#blocked, true, {}),
      ...rules.reverse(),
    ].filter(({ subject }) => subject.length > 0);
  }

  #conditionsOf({ effect, condition, rule }: CompiledRule, tool: AbilityTool): AbilityConditions {
    const { when } = rule.conditions;
    const isConditional = condition.constant === null;
    // The gateway evaluates what the schema filled in, and the agent does not have that.
    if (isConditional && fillsDefault(tool.inputSchema, when)) return { ask: true };
    const asks = effect === 'hold' || (effect === 'allow' && this.isForPerson);
    return {
      ...(isConditional ? { when: writtenOf(rule).when } : {}),
      ...(asks ? { ask: true } : {}),
    };
  }
}

// A condition may be large, and its rule decides many tools: it is written once.
const written = new WeakMap<CallRule, { when: JsonObject; bytes: number }>();

const writtenOf = (rule: CallRule): { when: JsonObject; bytes: number } => {
  const known = written.get(rule);
  if (known !== undefined) return known;
  const when = writeCondition(rule.conditions.when);
  const made = { when, bytes: Buffer.byteLength(JSON.stringify(when)) };
  written.set(rule, made);
  return made;
};

const bytesOf = ({ when }: AbilityConditions, { rule }: CompiledRule): number =>
  ENTRY_BYTES + (when === undefined ? 0 : writtenOf(rule).bytes);

const abilityRule = (
  subject: string[],
  inverted: boolean,
  conditions: AbilityConditions,
): AbilityRule & { subject: string[] } => ({
  action: 'call',
  subject,
  inverted,
  ...(Object.keys(conditions).length === 0 ? {} : { conditions }),
});
