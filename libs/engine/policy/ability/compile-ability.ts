import { unpackRules } from '@casl/ability/extra';
import { LineCounter, parseDocument } from 'yaml';
import type { Json, JsonObject } from '#libs/platform/kernel';
import { toolKey } from '../compile/facts.js';
import { compileCondition, type CompiledCondition } from '../conditions/compile-condition.js';
import { parseCondition } from '../conditions/parse-condition.js';
import { TRUE, UNKNOWN } from '../conditions/truth.js';
import { WorkBudget } from '../conditions/work-budget.js';
import { WorkExhaustedError } from '../errors.js';
import { YamlReader } from '../yaml/yaml-reader.js';
import { unpackTool, type AbilityRule, type PackedAbility } from './packed-ability.js';

/** What a packed ability says to a call: `ask` means that only the gateway can tell. */
export type Advice = 'allow' | 'deny' | 'ask';

/** A call that an agent may be about to make. */
export interface AdviceRequest {
  readonly server: string;
  readonly tool: string;
  readonly arguments: JsonObject;
  readonly now: Date;
}

/**
 * The agent's side of `GET /v1/ability`: evaluates packed rules as the gateway does, three-valued and without
 * converting anything. Never evaluate them with CASL's own matcher. Whatever is not understood is `ask`.
 */
export function compileAbility(ability: PackedAbility): (request: AdviceRequest) => Advice {
  const expiresMs = Date.parse(ability.expiresAt);
  const rulesOf = new Map<string, EvaluatedRule[]>();
  for (const rule of unpackRules<AbilityRule>([...ability.rules], unpackTool).reverse()) {
    const evaluated = evaluatedRule(rule);
    for (const key of [rule.subject].flat()) {
      const rules = rulesOf.get(key) ?? [];
      rulesOf.set(key, rules);
      rules.push(evaluated);
    }
  }
  return ({ server, tool, arguments: args, now }) => {
    if (!(now.getTime() < expiresMs)) return 'ask';
    const rules = rulesOf.get(toolKey({ server, name: tool })) ?? [];
    try {
      const work = new WorkBudget();
      return rules.find((rule) => rule.applies(args, work))?.advice ?? 'deny';
    } catch (error) {
      // As the gateway does.
      if (error instanceof WorkExhaustedError) return 'deny';
      throw error;
    }
  };
}

interface EvaluatedRule {
  readonly advice: Advice;
  applies(args: JsonObject, work: WorkBudget): boolean;
}

const KNOWN = new Set(['when', 'ask']);
const ASK: EvaluatedRule = { advice: 'ask', applies: () => true };

function evaluatedRule({ inverted, conditions = {} }: AbilityRule): EvaluatedRule {
  const { when, ask } = conditions;
  const condition = when === undefined ? null : readCondition(when);
  const isUnderstood = Object.keys(conditions).every((key) => KNOWN.has(key));
  if (!isUnderstood || condition === undefined) return ASK;
  return {
    advice: ask === true ? 'ask' : inverted === true ? 'deny' : 'allow',
    applies: (args, work) => {
      const truth = condition?.evaluate(args, work) ?? TRUE;
      return truth === TRUE || (truth === UNKNOWN && inverted === true);
    },
  };
}

/** Reads a condition with the policy's own grammar; undefined when it is not one. */
function readCondition(when: Json): CompiledCondition | undefined {
  const lineCounter = new LineCounter();
  const reader = new YamlReader(lineCounter);
  const { contents } = parseDocument(JSON.stringify(when), { intAsBigInt: true, lineCounter });
  const condition = parseCondition(reader, contents, null);
  return condition === null || reader.problems.length > 0 ? undefined : compileCondition(condition);
}
