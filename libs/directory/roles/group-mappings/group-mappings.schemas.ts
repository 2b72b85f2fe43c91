import {
  idSchema,
  pageOf,
  pageQuerySchema,
  personRefSchema,
  reasonSchema,
  refSchema,
  timeSchema,
} from '#libs/platform/http';
import { z } from 'zod';
import { givenRoleSchema, roleSchema } from '../roles.schemas.js';

/** `proposed → active` or `rejected`; `removed` ends either. */
export const groupMappingStateSchema = z.enum(['proposed', 'active', 'rejected', 'removed']);

/** That a group's members have a role, once a holder of that role approved it. */
export const groupMappingSchema = z.object({
  id: idSchema,
  group: refSchema,
  memberCount: z.number().int(),
  role: roleSchema,
  state: groupMappingStateSchema,
  proposedBy: personRefSchema.nullable(),
  proposedAt: timeSchema,
  decidedBy: personRefSchema.nullable(),
  decidedAt: timeSchema.nullable(),
});

/** One page of mappings. */
export const groupMappingPageSchema = pageOf(groupMappingSchema);

/** The query of the mappings' list; without a state those that are proposed or active. */
export const listGroupMappingsQuerySchema = pageQuerySchema.extend({
  groupId: idSchema.optional(),
  role: roleSchema.optional(),
  state: groupMappingStateSchema.optional(),
});

/** Propose that a group's members have a role. */
export const proposeGroupMappingSchema = z.strictObject({
  groupId: idSchema,
  role: givenRoleSchema,
  reason: reasonSchema,
});

/** Why a mapping is decided or removed. */
export const groupMappingReasonSchema = z.strictObject({ reason: reasonSchema });

/** One of {@link groupMappingSchema}. */
export type GroupMappingView = z.infer<typeof groupMappingSchema>;
