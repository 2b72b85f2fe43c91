import { raiseAlert } from '#libs/engine/alerts';
import type { Effect } from '#libs/engine/policy';
import type { Tx } from '#libs/platform/db';
import type { Mismatch } from './compare-decisions.js';
import { rulesWithOpenAlert, type RuleRef } from './decision-checks.sql.js';

const MAX_ALERTS = 3;
const MAX_CALLS = 3;

/** What differs in one round where one rule of one policy version had decided. */
export interface Difference extends RuleRef {
  readonly count: number;
  /** The first few, at least one. */
  readonly calls: readonly { callId: string; recorded: Effect; evaluated: Effect }[];
}

/** By the rule that the ledger says decided: the one with most differences first. */
export const groupByRule = (mismatches: readonly Mismatch[]): Difference[] =>
  [...Map.groupBy(mismatches, keyOf).values()]
    .map((of) => ({
      rule: of[0]?.rule ?? null,
      policyVersionId: of[0]?.policyVersionId ?? null,
      count: of.length,
      calls: of
        .slice(0, MAX_CALLS)
        .map(({ callId, recorded, evaluated }) => ({ callId, recorded, evaluated })),
    }))
    .sort((a, b) => b.count - a.count);

/**
 * Raises a few alerts a round: one for each of the rules that differ most, and one that counts the others.
 * A rule whose alert is still open gets no second one: its reader looks at the rule, not at a call.
 */
export const raiseMismatchAlerts = async (
  tx: Tx,
  now: Date,
  differences: readonly Difference[],
): Promise<void> => {
  const open = new Set((await rulesWithOpenAlert(tx)).map(keyOf));
  const untold = differences.filter((one) => !open.has(keyOf(one)));
  const own = untold.slice(0, MAX_ALERTS);
  for (const one of own) {
    await raise(tx, now, one, `${spell(one.count)} ${await nameOf(tx, one)}`);
  }
  const [first, ...others] = untold.slice(MAX_ALERTS);
  if (first === undefined) return;
  const count = [first, ...others].reduce((sum, one) => sum + one.count, 0);
  await raise(tx, now, first, `${spell(count)} ${others.length + 1} further rules`);
};

const raise = (tx: Tx, now: Date, { calls }: Difference, what: string): Promise<string> =>
  raiseAlert(tx, now, {
    kind: 'decision_mismatch',
    subject: { kind: 'call', id: calls[0]?.callId ?? '' },
    message: `${what} came out otherwise when evaluated again by the same rules. ${callsOf(calls)}. Verify the ledger, and compare the versions of the gateways. Until this alert is acknowledged, more of these are counted in the metric only.`,
  });

const spell = (count: number): string =>
  count === 1 ? '1 decision recorded under' : `${count} decisions recorded under`;

const callsOf = (calls: Difference['calls']): string =>
  `First calls: ${calls.map(({ callId, recorded, evaluated }) => `${callId} (recorded ${recorded}, evaluated ${evaluated})`).join(', ')}`;

const nameOf = async (tx: Tx, { rule, policyVersionId }: RuleRef): Promise<string> => {
  if (rule === null || policyVersionId === null) return 'no rule';
  const version = await tx.policyVersion.findUnique({
    where: { id: policyVersionId },
    select: { number: true, policy: { select: { name: true } } },
  });
  const where =
    version === null
      ? `the unknown policy version ${policyVersionId}`
      : `version ${version.number} of the policy “${version.policy.name}”`;
  return `the rule “${rule}” of ${where}`;
};

const keyOf = ({ rule, policyVersionId }: RuleRef): string =>
  JSON.stringify([rule, policyVersionId]);
