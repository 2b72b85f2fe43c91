import {
  idSchema,
  pageOf,
  pageQuerySchema,
  reasonSchema,
  refSchema,
  timeSchema,
} from '#libs/platform/http';
import { z } from 'zod';
import { ALARM_KINDS } from './raise-alarm.js';

/** Why somebody must look. */
export const alarmKindSchema = z.enum(ALARM_KINDS);

/** Something that somebody must look at. */
export const alarmSchema = z.object({
  id: idSchema,
  kind: alarmKindSchema,
  subject: z.object({ kind: z.string(), id: z.string() }),
  message: z.string(),
  raisedAt: timeSchema,
  acknowledged: z.object({ by: refSchema.nullable(), at: timeSchema, note: z.string() }).nullable(),
});

/** One page of alarms. */
export const alarmPageSchema = pageOf(alarmSchema);

/** The query of the alarms' list. */
export const listAlarmsQuerySchema = pageQuerySchema.extend({
  state: z.enum(['open', 'all']).default('open'),
  kind: alarmKindSchema.optional(),
});

/** What somebody found who looked. */
export const acknowledgeAlarmSchema = z.strictObject({ note: reasonSchema });

/** One of {@link alarmSchema}. */
export type AlarmView = z.infer<typeof alarmSchema>;
