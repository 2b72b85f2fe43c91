import { raiseAlert } from '#libs/engine/alerts';
import { command } from '#libs/engine/commands';
import { ADVISORY_LOCKS } from '#libs/platform/db';
import { idSchema } from '#libs/platform/http';
import { DomainError } from '#libs/platform/kernel';
import { z } from 'zod';
import { COMMAND_NAME, lastChecked } from './decision-checks.sql.js';

const effect = z.enum(['allow', 'deny', 'hold']);
const count = z.int().min(0);

/**
 * Records a round of re-evaluated decisions, and raises an alert for each that came out otherwise. The entry
 * says up to where the ledger was looked at, so no call is counted twice, nor is its alert raised twice.
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
    notComparable: count,
    mismatches: z
      .array(z.strictObject({ callId: idSchema, recorded: effect, evaluated: effect }))
      .max(1000),
  }),
  subjectId: ({ to }) => to,
  async load({ tx }, { to, from }) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.decisionChecks})`;
    if ((await lastChecked(tx)) !== from)
      throw new DomainError('conflict', 'Another worker has recorded these calls already.');
    return { id: to };
  },
  async run({ tx, now }, { from, to, match, notComparable, mismatches }) {
    for (const { callId, recorded, evaluated } of mismatches) {
      await raiseAlert(tx, now, {
        kind: 'decision_mismatch',
        subject: { kind: 'call', id: callId },
        message: `The ledger records ${recorded} for this call; evaluated again by the same rules it is ${evaluated}. Verify the ledger, and compare the versions of the gateways.`,
      });
    }
    return {
      output: null,
      subject: { id: to, name: 'a sample of decisions' },
      facts: { from, to, match, mismatch: mismatches.length, notComparable },
    };
  },
}) {}
