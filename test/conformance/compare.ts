import type { ScenarioResult, SuiteResults } from './suite.js';

const NOTHING: ScenarioResult = { passed: 0, failed: [] };

/** Scenarios in which every check of a server that is asked directly does well. */
export const passing = (results: SuiteResults): string[] =>
  [...results]
    .filter(([, { passed, failed }]) => passed > 0 && failed.length === 0)
    .map(([name]) => name);

/** Those of them that pass through the gateway: with as many checks, or nothing was checked after all. */
export const passingThrough = (direct: SuiteResults, through: SuiteResults): string[] =>
  passing(direct).filter((name) => {
    const { passed, failed } = through.get(name) ?? NOTHING;
    return failed.length === 0 && passed >= (direct.get(name) ?? NOTHING).passed;
  });

/** How many checks of some scenarios did well, and how many there were. */
export const countChecks = (results: SuiteResults, names: readonly string[]) => {
  const chosen = names.map((name) => results.get(name) ?? NOTHING);
  const passed = chosen.reduce((sum, one) => sum + one.passed, 0);
  return { passed, all: passed + chosen.reduce((sum, one) => sum + one.failed.length, 0) };
};

/** A line for each scenario: its checks directly, through the gateway, and what failed there. */
export const tableOf = (direct: SuiteResults, through: SuiteResults): string => {
  const good = new Set(passingThrough(direct, through));
  const lines = [...direct].map(([name, { passed, failed }]) => {
    const other = through.get(name) ?? NOTHING;
    const checks = `${passed}/${passed + failed.length}  ${other.passed}/${other.passed + other.failed.length}`;
    const why = other.failed[0]?.slice(0, 110) ?? '';
    return `${good.has(name) ? 'ok  ' : 'not '} ${name.padEnd(46)} ${checks.padEnd(14)} ${why}`;
  });
  return lines.join('\n');
};
