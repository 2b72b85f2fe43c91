import {
  idSchema,
  pageOf,
  pageQuerySchema,
  personRefSchema,
  reasonSchema,
  timeSchema,
} from '#libs/platform/http';
import { z } from 'zod';

/** The larger sizes of the kill switch button. One agent is stopped by suspending it. */
export const killSwitchScopeSchema = z.enum(['tool', 'server', 'everything']);

/** Stops every call of a tool, of a tool server, or of everything, until it is released. */
export const newKillSwitchSchema = z.discriminatedUnion('scope', [
  z.strictObject({ scope: z.literal('tool'), targetId: idSchema, reason: reasonSchema }),
  z.strictObject({ scope: z.literal('server'), targetId: idSchema, reason: reasonSchema }),
  z.strictObject({ scope: z.literal('everything'), reason: reasonSchema }),
]);

/** Let it go on. */
export const releaseKillSwitchSchema = z.strictObject({ reason: reasonSchema });

/** One kill switch, in force or released. */
export const killSwitchSchema = z.object({
  id: idSchema,
  scope: killSwitchScopeSchema,
  /** What is stopped, a tool as `server/tool`; null for everything. */
  target: z.object({ id: idSchema, name: z.string() }).nullable(),
  reason: z.string(),
  /** Security activated it, and alone releases it. */
  stoppedBySecurity: z.boolean(),
  /** Null: the system did. */
  activatedBy: personRefSchema.nullable(),
  activatedAt: timeSchema,
  releasedBy: personRefSchema.nullable(),
  /** Null while it is in force. */
  releasedAt: timeSchema.nullable(),
  releaseReason: z.string().nullable(),
});

export const killSwitchPageSchema = pageOf(killSwitchSchema);

export const listKillSwitchesQuerySchema = pageQuerySchema.extend({
  /** Those in force, or only the released ones. */
  inForce: z.enum(['true', 'false']).optional(),
  scope: killSwitchScopeSchema.optional(),
});

/** One of {@link killSwitchSchema}. */
export type KillSwitchView = z.infer<typeof killSwitchSchema>;
/** One of {@link newKillSwitchSchema}. */
export type NewKillSwitch = z.infer<typeof newKillSwitchSchema>;
