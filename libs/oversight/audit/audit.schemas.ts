import { idSchema, pageOf, pageQuerySchema, timeSchema } from '#libs/platform/http';
import { z } from 'zod';

/** One ledger entry as lists show it. */
export const ledgerEntrySchema = z.object({
  id: idSchema,
  chain: idSchema,
  seq: z.string(),
  type: z.string(),
  at: timeSchema,
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }).nullable(),
  callId: idSchema.nullable(),
  hash: z.string(),
  data: z.record(z.string(), z.unknown()),
});

/** One entry with what its hash covers. */
export const ledgerEntryDetailSchema = ledgerEntrySchema.extend({
  prev: z.string(),
  format: z.number().int(),
  /** Whether the stored columns still give the stored hash. */
  hashValid: z.boolean(),
  /** Names, reasons and notes kept apart from the hash; arguments and results are redacted here. */
  payloads: z.array(
    z.object({
      name: z.string(),
      digestValid: z.boolean(),
      redacted: z.boolean(),
      content: z.unknown(),
    }),
  ),
});

export const ledgerEntryPageSchema = pageOf(ledgerEntrySchema);

/** The query of the ledger's list. */
export const listLedgerEntriesQuerySchema = pageQuerySchema.extend({
  type: z.string().max(64).optional(),
  actorId: z.string().max(64).optional(),
  subjectId: z.string().max(64).optional(),
  callId: idSchema.optional(),
  chain: idSchema.optional(),
  from: timeSchema.optional(),
  to: timeSchema.optional(),
});

/** What a verification found. */
export const ledgerVerificationSchema = z.object({
  ok: z.boolean(),
  at: timeSchema,
  durationMs: z.number().int(),
  chains: z.number().int(),
  entries: z.number().int(),
  payloads: z.number().int(),
  firstProblem: z
    .object({
      kind: z.string(),
      entryId: z.string().nullable(),
      /** Null for what belongs to no chain: a payload whose entry is gone. */
      chain: idSchema.nullable(),
      seq: z.string().nullable(),
      message: z.string(),
    })
    .nullable(),
  problemCount: z.number().int(),
  /** What this verification cannot prove yet, in sentences. */
  cannotProve: z.array(z.string()),
});

/** Ask for a verification of the whole ledger. */
export const verifyLedgerSchema = z.strictObject({});
