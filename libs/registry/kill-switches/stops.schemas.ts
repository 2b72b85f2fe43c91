import {
  idSchema,
  pageOf,
  pageQuerySchema,
  personRefSchema,
  reasonSchema,
  timeSchema,
} from '#libs/platform/http';
import { z } from 'zod';

/** The larger sizes of the stop button. One agent is stopped by suspending it. */
export const stopScopeSchema = z.enum(['tool', 'server', 'everything']);

/** Stop a tool, a tool server, or everything, until somebody lifts it. */
export const newStopSchema = z.discriminatedUnion('scope', [
  z.strictObject({ scope: z.literal('tool'), targetId: idSchema, reason: reasonSchema }),
  z.strictObject({ scope: z.literal('server'), targetId: idSchema, reason: reasonSchema }),
  z.strictObject({ scope: z.literal('everything'), reason: reasonSchema }),
]);

/** Let it go on. */
export const liftStopSchema = z.strictObject({ reason: reasonSchema });

/** One stop, in force or lifted. */
export const stopSchema = z.object({
  id: idSchema,
  scope: stopScopeSchema,
  /** What is stopped, a tool as `server/tool`; null for everything. */
  target: z.object({ id: idSchema, name: z.string() }).nullable(),
  reason: z.string(),
  /** Null: the installation itself did. */
  stoppedBy: personRefSchema.nullable(),
  stoppedAt: timeSchema,
  liftedBy: personRefSchema.nullable(),
  /** Null while it is in force. */
  liftedAt: timeSchema.nullable(),
  liftedReason: z.string().nullable(),
});

/** One page of stops. */
export const stopPageSchema = pageOf(stopSchema);

/** The query of the stops' list. */
export const listStopsQuerySchema = pageQuerySchema.extend({
  /** Those in force, or only the lifted ones. */
  inForce: z.enum(['true', 'false']).optional(),
  scope: stopScopeSchema.optional(),
});

/** One of {@link stopSchema}. */
export type StopView = z.infer<typeof stopSchema>;
/** One of {@link newStopSchema}. */
export type NewStop = z.infer<typeof newStopSchema>;
