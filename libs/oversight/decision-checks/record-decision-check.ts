import { command } from '#libs/engine/commands';
import { ADVISORY_LOCKS } from '#libs/platform/db';
import { idSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { z } from 'zod';
import { COMMAND_NAME, lastChecked } from './decision-checks.sql.js';
import { raiseMismatchAlerts } from './raise-mismatch-alerts.js';

const effect = z.enum(['allow', 'deny', 'hold']);
const count = z.int().min(0);

const differenceSchema = z.strictObject({
  rule: z.string().nullable(),
  policyVersionId: z.string().nullable(),
  count: z.int().min(1),
  calls: z.array(z.strictObject({ callId: idSchema, recorded: effect, evaluated: effect })).min(1),
});

/**
 * Records a round of re-evaluated decisions, and raises alerts about the rules under which some came out
 * otherwise. The entry says up to where the ledger was looked at, so no call is counted or told twice.
 */
export class RecordDecisionCheck extends command({
  name: COMMAND_NAME,
  permission: { action: 'verify', subject: 'LedgerEntry' },
  changesRights: false,
  creates: true,
  actors: 'system',
  input: z.strictObject({
    /** The last intent of the round before; null: this is the first. */
    from: idSchema.nullable(),
    /** The last intent of this one. */
    to: idSchema,
    match: count,
    mismatch: count,
    notComparable: count,
    /** Drawn, and left to the next round. */
    deferred: count,
    differences: z.array(differenceSchema).max(1000),
  }),
  subjectId: ({ to }) => to,
  async load({ tx }, { to, from }) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.decisionChecks})`;
    if ((await lastChecked(tx)) !== from)
      throw new DomainError('conflict', 'Another worker has recorded these calls already.');
    return { id: to };
  },
  async run({ tx, now }, { differences, ...facts }) {
    if (differences.length > 0) await raiseMismatchAlerts(tx, now, differences);
    return { output: null, subject: { id: facts.to, name: 'a sample of decisions' }, facts };
  },
}) {}
