import {
  idSchema,
  pageOf,
  pageQuerySchema,
  personRefSchema,
  refSchema,
  timeSchema,
} from '#libs/platform/http';
import { ROLES } from '#libs/platform/kernel';
import { z } from 'zod';

/** A group as lists show it. */
export const groupSchema = z.object({
  id: idSchema,
  displayName: z.string(),
  connection: refSchema.nullable(),
  memberCount: z.number().int(),
  /** The roles that its members have by it. */
  roles: z.array(z.enum(ROLES)),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});

export const groupPageSchema = pageOf(groupSchema);

export const listGroupsQuerySchema = pageQuerySchema.extend({
  q: z.string().trim().max(100).optional(),
  order: z.enum(['asc', 'desc']).default('asc'),
});

/** One group with a page of its members, and its mappings to roles. */
export const groupDetailSchema = groupSchema.extend({
  members: pageOf(personRefSchema.extend({ active: z.boolean(), addedAt: timeSchema })),
  mappings: z.array(
    z.object({
      id: idSchema,
      role: z.enum(ROLES),
      state: z.enum(['active', 'removed']),
      proposedBy: personRefSchema.nullable(),
      decidedBy: personRefSchema.nullable(),
      decidedAt: timeSchema,
    }),
  ),
});
