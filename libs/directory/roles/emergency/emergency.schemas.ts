import {
  idSchema,
  pageOf,
  pageQuerySchema,
  personRefSchema,
  reasonSchema,
  timeSchema,
} from '#libs/platform/http';
import { z } from 'zod';

/** What was done by an emergency alone. */
export const emergencyChangeSchema = z.object({
  id: idSchema,
  /** The command that did it, and its entry. */
  command: z.string(),
  entryId: idSchema,
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  madeAt: timeSchema,
  /** Whether it stays as long as the emergency does; two people kept it; or it has ended with it. */
  state: z.enum(['ends', 'kept', 'ended']),
});

/** Rights beyond a person's own, for minutes, with a reason and an alert. */
export const emergencySchema = z.object({
  id: idSchema,
  person: personRefSchema,
  reason: z.string(),
  startedAt: timeSchema,
  expiresAt: timeSchema,
  endedAt: timeSchema.nullable(),
  isOpen: z.boolean(),
  /** Newest first. */
  changes: z.array(emergencyChangeSchema),
});

export const emergencyPageSchema = pageOf(emergencySchema);

export const listEmergenciesQuerySchema = pageQuerySchema.extend({
  state: z.enum(['open', 'all']).default('all'),
});

/** Take the rights of it and security for a while. */
export const openEmergencySchema = z.strictObject({
  reason: reasonSchema.min(10),
  minutes: z.int().min(5).max(60),
});

/** Why something that was done in an emergency is to stay. */
export const keepEmergencyChangeSchema = z.strictObject({ reason: reasonSchema });

/** One of {@link emergencySchema}. */
export type EmergencyView = z.infer<typeof emergencySchema>;
