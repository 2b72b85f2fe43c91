import { describe, expect, it } from 'vitest';
import { countChecks, passing, passingThrough, tableOf } from './conformance/compare.js';
import type { SuiteResults } from './conformance/suite.js';

const results = (of: Record<string, [passed: number, ...failed: string[]]>): SuiteResults =>
  new Map(Object.entries(of).map(([name, [passed, ...failed]]) => [name, { passed, failed }]));

const direct = results({ ping: [2], tools: [3], prompts: [2], broken: [1, 'no'], silent: [0] });

describe('a run of the conformance suite through a gateway', () => {
  it('passes what the direct run passes', () => {
    expect(passing(direct)).toEqual(['ping', 'tools', 'prompts']);
    expect(passingThrough(direct, direct)).toEqual(['ping', 'tools', 'prompts']);
  });

  it.each<[string, SuiteResults]>([
    ['with fewer checks', results({ ping: [2], tools: [2], prompts: [2] })],
    ['with a check that failed', results({ ping: [2], tools: [3, 'no tool'], prompts: [2] })],
    ['that it did not run', results({ ping: [2], prompts: [2] })],
  ])('does not pass a scenario %s', (_, through) => {
    expect(passingThrough(direct, through)).toEqual(['ping', 'prompts']);
    expect(tableOf(direct, through)).toMatch(/^not {2}tools /m);
  });

  it('passes one with more checks, and none that failed directly', () => {
    const through = results({ ping: [3], tools: [3], prompts: [2], broken: [2], silent: [1] });
    expect(passingThrough(direct, through)).toEqual(['ping', 'tools', 'prompts']);
  });

  it('counts the checks of the scenarios that are asked for, also of those that did not run', () => {
    expect(countChecks(direct, ['ping', 'broken', 'absent'])).toEqual({ passed: 3, all: 4 });
  });
});
