import {
  idSchema,
  pageOf,
  pageQuerySchema,
  personRefSchema,
  reasonSchema,
  timeSchema,
} from '#libs/platform/http';
import { z } from 'zod';

/** Rights beyond a person's own, for minutes, with a reason and an alert. */
export const emergencySchema = z.object({
  id: idSchema,
  person: personRefSchema,
  reason: z.string(),
  startedAt: timeSchema,
  expiresAt: timeSchema,
  endedAt: timeSchema.nullable(),
  isOpen: z.boolean(),
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

/** One of {@link emergencySchema}. */
export type EmergencyView = z.infer<typeof emergencySchema>;
