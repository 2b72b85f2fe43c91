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

/** `active` until it is `removed`. While it waits for its second person it is a proposed change. */
export const groupMappingStateSchema = z.enum(['active', 'removed']);

/** That a group's members have a role. */
export const groupMappingSchema = z.object({
  id: idSchema,
  group: refSchema,
  memberCount: z.number().int(),
  role: roleSchema,
  state: groupMappingStateSchema,
  proposedBy: personRefSchema.nullable(),
  /** Who confirmed it, or removed it; null: nobody else could confirm it. */
  decidedBy: personRefSchema.nullable(),
  decidedAt: timeSchema,
});

/** One page of mappings. */
export const groupMappingPageSchema = pageOf(groupMappingSchema);

/** The query of the mappings' list; without a state those that are active. */
export const listGroupMappingsQuerySchema = pageQuerySchema.extend({
  groupId: idSchema.optional(),
  role: roleSchema.optional(),
  state: groupMappingStateSchema.optional(),
});

/** Give a role to a group's members. */
export const mapGroupSchema = z.strictObject({
  groupId: idSchema,
  role: givenRoleSchema,
  reason: reasonSchema,
});

/** Why a mapping is removed. */
export const groupMappingReasonSchema = z.strictObject({ reason: reasonSchema });

/** One of {@link groupMappingSchema}. */
export type GroupMappingView = z.infer<typeof groupMappingSchema>;
