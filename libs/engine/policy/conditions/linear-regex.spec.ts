import { describe, expect, it } from 'vitest';
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
