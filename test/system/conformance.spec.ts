import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countChecks, passing, passingThrough, tableOf } from '../conformance/compare.js';
import { EXPECTED_FAILURES } from '../conformance/expected-failures.js';
import { startFixtureServer, type FixtureServer } from '../conformance/fixture/fixture-server.js';
import { governFixture, type GovernedFixture } from '../conformance/governed.js';
import {
  requirementsOf,
  REVISIONS,
  runSuite,
  type Revision,
  type SuiteResults,
} from '../conformance/suite.js';
import { startInstallation, type Installation } from '../support/installation.js';

// The public conformance suite three times for each revision: our fixture server asked directly, through a
// gateway that denies everything, and through the same one when it allows everything. What counts is the
// third against the first; the second shows that it counts something.
interface Leg {
  direct: SuiteResults;
  denied: SuiteResults;
  allowed: SuiteResults;
}

const legs = new Map<Revision, Leg>();
const leg = (revision: Revision): Leg => legs.get(revision)!;
let fixture: FixtureServer;
let site: Installation;
let governed: GovernedFixture;

beforeAll(async () => {
  fixture = await startFixtureServer();
  site = await startInstallation();
  governed = await governFixture(site, fixture.url);
  const runs = async (url: string) => {
    const results = new Map<Revision, SuiteResults>();
    for (const revision of REVISIONS) results.set(revision, await runSuite(url, revision));
    return results;
  };
  const direct = await runs(fixture.url);
  const denied = await runs(governed.url);
  await governed.allowEverything();
  const allowed = await runs(governed.url);
  for (const revision of REVISIONS) {
    legs.set(revision, {
      direct: direct.get(revision)!,
      denied: denied.get(revision)!,
      allowed: allowed.get(revision)!,
    });
    const table = tableOf(leg(revision).direct, leg(revision).allowed);
    process.stdout.write(`\nMCP ${revision}: checks directly, and through the gateway\n${table}\n`);
  }
}, 400_000);

afterAll(async () => {
  governed?.close();
  await site?.stop();
  await fixture?.close();
});

describe('the fixture server, asked directly', () => {
  it.each([
    ['2025-11-25', 30, 70],
    ['2026-07-28', 37, 120],
  ] as const)('passes what %s requires: %i scenarios, %i checks', (revision, scenarios, checks) => {
    const { scored } = requirementsOf(revision);
    const { direct } = leg(revision);
    expect(scored).toHaveLength(scenarios);
    expect(scored.filter((name) => !passing(direct).includes(name))).toEqual([]);
    expect(countChecks(direct, scored)).toEqual({ passed: checks, all: checks });
  });

  it('passes the three of 2025-11-25 that only run', () => {
    const { unscored } = requirementsOf('2025-11-25');
    expect(unscored).toHaveLength(3);
    expect(passing(leg('2025-11-25').direct)).toEqual(expect.arrayContaining(unscored));
  });
});

describe.each(REVISIONS)('through a gateway, by %s', (revision) => {
  it('passes each scenario with as many checks as directly, but those named as not passing yet', () => {
    const { direct, allowed } = leg(revision);
    const through = passingThrough(direct, allowed);
    const failing = passing(direct).filter((name) => !through.includes(name));
    expect(failing.toSorted()).toEqual(Object.keys(EXPECTED_FAILURES[revision]).toSorted());
  });

  it('passes none by what is denied: the same scenarios fail when nothing is allowed', () => {
    const { direct, denied, allowed } = leg(revision);
    const paired = passingThrough(direct, allowed).filter((name) => NEEDS_ALLOWED_CALL.test(name));
    const hollow = passingThrough(direct, denied);
    expect(paired.length).toBeGreaterThan(4);
    expect(paired.filter((name) => hollow.includes(name))).toEqual([]);
  });
});

// A denied call answers with an error of the tool as well, so the scenario of such errors shows nothing.
const NEEDS_ALLOWED_CALL =
  /^(tools-call-(?!error)|resources-(read|templates)|prompts-get|completion|elicitation|input-required-result-(basic|request-state|multi))/;
