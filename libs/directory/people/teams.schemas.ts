import { idSchema, lineSchema, pageOf, personRefSchema, refSchema } from '#libs/platform/http';
import { z } from 'zod';

/** What becomes of a team's agents when their owner leaves. */
export const orphanRuleSchema = z.enum(['flag', 'reassign', 'suspend']);

/** A team: it owns agents and tool servers. */
export const teamSchema = refSchema.extend({
  orphanRule: orphanRuleSchema,
  /** Who takes orphans over under the rule `reassign`. */
  orphanOwner: personRefSchema.nullable(),
});

/** All teams. */
export const teamPageSchema = pageOf(teamSchema);

/** Add a team. */
export const registerTeamSchema = z.strictObject({
  name: lineSchema(100),
  orphanRule: orphanRuleSchema.default('suspend'),
  orphanOwnerId: idSchema.nullable().default(null),
});

/** Change a team; what is left out stays as it is. */
export const changeTeamSchema = z.strictObject({
  name: lineSchema(100).optional(),
  orphanRule: orphanRuleSchema.optional(),
  orphanOwnerId: idSchema.nullable().optional(),
});
