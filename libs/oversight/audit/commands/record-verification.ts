import { command } from '#libs/engine/commands';
import { z } from 'zod';

const count = z.int().min(0);
const inputSchema = z.strictObject({
  ok: z.boolean(),
  chains: count,
  entries: count,
  payloads: count,
  problemCount: count,
  durationMs: count,
  /** What was found first, and where. */
  firstProblemKind: z.string().max(64).nullable(),
  firstProblemEntryId: z.string().max(64).nullable(),
});

/**
 * Writes into the ledger that somebody had it verified and what was found. The verification itself ran
 * before: it reads the whole ledger and must not hold a transaction open.
 */
export class RecordVerification extends command({
  name: 'verify-ledger',
  permission: { action: 'verify', subject: 'LedgerEntry' },
  changesRights: false,
  emergency: { stays: 'it is a record' },
  creates: true,
  input: inputSchema,
  subjectId: () => WHOLE_LEDGER,
  load: () => ({ id: WHOLE_LEDGER }),
  run(_ctx, input) {
    const subject = { id: WHOLE_LEDGER, name: 'the whole ledger' };
    return Promise.resolve({ output: null, subject, facts: { ...input } });
  },
}) {}

const WHOLE_LEDGER = 'all';
