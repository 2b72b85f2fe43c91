import {
  idSchema,
  pageOf,
  pageQuerySchema,
  reasonSchema,
  refSchema,
  timeSchema,
} from '#libs/platform/http';
import { z } from 'zod';
import { ALERT_KINDS } from '#libs/engine/alert-records';

/** Why somebody must look. */
export const alertKindSchema = z.enum(ALERT_KINDS);

/** Something that somebody must look at. */
export const alertSchema = z.object({
  id: idSchema,
  kind: alertKindSchema,
  subject: z.object({ kind: z.string(), id: z.string() }),
  message: z.string(),
  /** Who did it; null where no person did. */
  by: refSchema.nullable(),
  /** Whom it concerns, the first of them: they, their makers and those whom they made acknowledge nothing of it. */
  concerned: z.array(refSchema),
  concernedCount: z.int(),
  /** Whether the reader can acknowledge it. */
  canAcknowledge: z.boolean(),
  raisedAt: timeSchema,
  acknowledged: z.object({ by: refSchema.nullable(), at: timeSchema, note: z.string() }).nullable(),
});

export const alertPageSchema = pageOf(alertSchema);

export const listAlertsQuerySchema = pageQuerySchema.extend({
  state: z.enum(['open', 'all']).default('open'),
  kind: alertKindSchema.optional(),
});

/** What somebody found who looked. */
export const acknowledgeAlertSchema = z.strictObject({ note: reasonSchema });

/** One of {@link alertSchema}. */
export type AlertView = z.infer<typeof alertSchema>;
