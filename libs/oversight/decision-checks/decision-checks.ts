import { Inject, Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { CONFIG, type Config } from '#libs/platform/config';
import { Database, transaction } from '#libs/platform/db';
import { DomainError, systemActor } from '#libs/platform/kernel';
import { counter } from '#libs/platform/telemetry';
import { compareDecisions } from './compare-decisions.js';
import { drawSample, lastChecked } from './decision-checks.sql.js';
import { RecordDecisionCheck } from './record-decision-check.js';

const WORKER = systemActor('worker');
// Intents get their ids before they are committed, a batch later, by a clock that may differ from ours.
const SETTLED_MS = 15_000;
const TIMEOUT_MS = 60_000;

const checked = counter(
  'decisions_reevaluated',
  'Recorded decisions evaluated again, by outcome.',
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

  /** One round over what was recorded since the last one, bounded. Harmless twice. */
  async run(): Promise<void> {
    const { decisionSamplePercent: percent } = this.config;
    if (percent === 0) return;
    const before = new Date(this.runtime.clock.now().getTime() - SETTLED_MS);
    const round = await transaction(
      this.db,
      async (tx) => {
        const from = await lastChecked(tx);
        const { drawn, to } = await drawSample(tx, from, before, percent);
        return { from, to, found: await compareDecisions(tx, drawn) };
      },
      { isolation: 'RepeatableRead', timeoutMs: TIMEOUT_MS },
    );
    const { from, to, found } = round;
    if (to === null) return;
    const { match, notComparable, mismatches } = found;
    try {
      await this.recordDecisionCheck.execute(WORKER, { from, to, ...found });
    } catch (error) {
      // Another worker recorded the round first, and counted it.
      if (error instanceof DomainError && error.code === 'conflict') return;
      throw error;
    }
    checked.inc({ outcome: 'match' }, match);
    checked.inc({ outcome: 'mismatch' }, mismatches.length);
    checked.inc({ outcome: 'not_comparable' }, notComparable);
  }
}
