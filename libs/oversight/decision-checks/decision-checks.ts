import { Inject, Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { Database, transaction } from '#libs/platform/db';
import { DomainError, systemActor } from '#libs/platform/kernel';
import { counter } from '#libs/platform/telemetry';
import { compareDecisions } from './compare-decisions.js';
import { drawSample, lastChecked, type RoundBudget } from './decision-checks.sql.js';
import { groupByRule } from './raise-mismatch-alerts.js';
import { RecordDecisionCheck } from './record-decision-check.js';

const WORKER = systemActor('worker');
// Intents get their ids before they are committed, a batch later, by a clock that may differ from ours.
const SETTLED_MS = 15_000;
const TIMEOUT_MS = 60_000;
// A round starts every 15 s, and one call may have arguments of 16 MiB.
const BUDGET: RoundBudget = { maxDecisions: 1000, maxBytes: 32 * 1024 * 1024, maxMs: 5000 };

const checked = counter(
  'decisions_reevaluated',
  'Recorded decisions evaluated again, by outcome; deferred ones are counted in each round that leaves them to the next.',
  ['outcome'],
);

/** Evaluates a sample of the recorded decisions again with CASL, off the path of calls. */
@Injectable()
export class DecisionChecks {
  constructor(
    private readonly db: Database,
    private readonly runtime: CommandRuntime,
    private readonly recordDecisionCheck: RecordDecisionCheck,
    @Inject(CONFIG) private readonly config: Pick<Config, 'decisionSamplePercent'>,
  ) {}

  /** One round over what was recorded since the last one, within its budget. Harmless twice. */
  async run(budget: RoundBudget = BUDGET): Promise<void> {
    if (this.config.decisionSamplePercent === 0) return;
    const { from, to, deferred, found } = await this.#evaluate(budget);
    if (to === null) return;
    const { match, notComparable, mismatches } = found;
    const counts = { match, mismatch: mismatches.length, notComparable, deferred };
    try {
      const differences = groupByRule(mismatches);
      await this.recordDecisionCheck.execute(WORKER, { from, to, ...counts, differences });
    } catch (error) {
      // Another worker recorded the round first, and counted it.
      if (error instanceof DomainError && error.code === 'conflict') return;
      throw error;
    }
    checked.inc({ outcome: 'match' }, match);
    checked.inc({ outcome: 'mismatch' }, mismatches.length);
    checked.inc({ outcome: 'not_comparable' }, notComparable);
    checked.inc({ outcome: 'deferred' }, deferred);
  }

  #evaluate(budget: RoundBudget) {
    const before = new Date(this.runtime.clock.now().getTime() - SETTLED_MS);
    return transaction(
      this.db,
      async (tx) => {
        const from = await lastChecked(tx);
        const { decisionSamplePercent: percent } = this.config;
        const { drawn, total, to } = await drawSample(tx, from, before, percent, budget);
        const found = await compareDecisions(tx, drawn, budget.maxMs);
        const deferred = total - found.looked;
        // The next round begins after the last one that was looked at: nothing is left out.
        return {
          from,
          to: deferred === 0 ? to : (drawn[found.looked - 1]?.id ?? null),
          deferred,
          found,
        };
      },
      { isolation: 'RepeatableRead', timeoutMs: TIMEOUT_MS },
    );
  }
}
