import { describe, expect, it } from 'vitest';
import { compileCondition } from './compile-condition.js';
import { TRUE } from './truth.js';
import { WorkBudget } from './work-budget.js';
import { compilePolicy, compileArguments, decide, parsePolicy, toCallRules } from '../index.js';

const HALF = `${'a'.repeat(500_000)}!`;
const WHOLE = `${'a'.repeat(1_000_000)}!`;
const RUNS = 9;

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The median ratio of neighbouring runs: what slows the machine down slows both of a pair. */
function growth(evaluate: (text: string) => void): number {
  evaluate(WHOLE);
  evaluate(HALF);
  const ratios = Array.from({ length: RUNS }, () => timed(evaluate, WHOLE) / timed(evaluate, HALF));
  return median(ratios);
}

function timed(evaluate: (text: string) => void, text: string): number {
  const before = performance.now();
  evaluate(text);
  return performance.now() - before;
}

describe('a dot', () => {
  const allows = (pattern: string, q: string) => {
    const condition = parsePolicy(
      `rules: [{ name: r, effect: deny, agents: { all: true }, tools: { all: true }, reason: x, when: { arguments: { q: { matches: '${pattern}' } } } }]`,
      { holdAvailable: false },
    );
    const when = condition.rules?.[0]?.when;
    if (when === undefined) throw new Error(JSON.stringify(condition.problems));
    return compileCondition(when).evaluate({ q }, new WorkBudget()) === TRUE;
  };

  it.each(['\n', '\r', '\u2028', '\u2029', '\u0085', '\0'])(
    'in a policy matches every character, a line break included: %j',
    (character) => {
      expect(allows('^.{101,}$', `${'a'.repeat(100)}${character}`)).toBe(true);
      expect(allows('^.{101,}$', `${character}${'a'.repeat(100)}`)).toBe(true);
      expect(allows('^.{101,}$', 'a'.repeat(100))).toBe(false);
    },
  );

  it('in an upstream schema is what JSON Schema says: no line break (G19)', () => {
    const compiled = compileArguments({ type: 'object', properties: { q: { pattern: '^.+$' } } });
    expect(compiled.ok && compiled.bind({ q: 'ab' }).ok).toBe(true);
    expect(compiled.ok && compiled.bind({ q: 'a\nb' }).ok).toBe(false);
  });
});

describe('regular expressions (P6)', { timeout: 60_000, retry: 2 }, () => {
  it('are linear in a condition', () => {
    const text =
      'rules: [{ name: r, effect: allow, agents: { all: true }, tools: { all: true }, reason: x, when: { arguments: { q: { matches: "^(a+)+$" } } } }]';
    const parsed = parsePolicy(text, { holdAvailable: false });
    const snapshot = compilePolicy(
      [{ policyVersionId: 'v', policyName: 'p', rules: toCallRules(parsed.rules ?? [], []) }],
      [
        {
          id: 't',
          serverId: 's',
          server: 's',
          name: 't',
          classification: 'read',
          annotations: {},
          inputSchema: {},
        },
      ],
      [{ id: 'a', name: 'a', teamId: 'x', riskTier: 'low', tags: [] }],
    );
    const evaluate = (q: string) =>
      decide(snapshot, { agentId: 'a', toolId: 't', arguments: { q }, now: new Date() });
    expect(evaluate(WHOLE).code).toBe('default_deny');
    expect(evaluate(WHOLE.slice(0, -1)).effect).toBe('allow');
    expect(growth(evaluate)).toBeLessThanOrEqual(2.5);
  });

  it("are linear in an upstream schema's pattern", () => {
    const compiled = compileArguments({
      type: 'object',
      properties: { q: { type: 'string', pattern: '^(a+)+$' } },
    });
    if (!compiled.ok) throw new Error(compiled.reasons.join());
    expect(compiled.bind({ q: WHOLE }).ok).toBe(false);
    expect(compiled.bind({ q: WHOLE.slice(0, -1) }).ok).toBe(true);
    expect(growth((q) => compiled.bind({ q }))).toBeLessThanOrEqual(2.5);
  });

  it('would be seen to grow faster if they were not (negative control)', () => {
    const backtracking = /^(a+)+$/;
    const short = timed((text) => backtracking.test(text), `${'a'.repeat(12)}!`);
    const doubled = timed((text) => backtracking.test(text), `${'a'.repeat(24)}!`);
    expect(doubled / short).toBeGreaterThan(2.5);
  });
});
