import {
  idSchema,
  personRefSchema,
  reasonSchema,
  refSchema,
  timeSchema,
} from '#libs/platform/http';
import { ROLES } from '#libs/platform/kernel';
import { z } from 'zod';

/** What a person may do in the console. */
export const roleSchema = z.enum(ROLES);

/** Roles that are given and mapped; the owner is made by the setup code alone. */
export const givenRoleSchema = z.enum(ROLES).exclude(['owner']);

/** Give somebody a role, or take it back. */
export const roleAssignmentSchema = z.strictObject({
  personId: idSchema,
  role: givenRoleSchema,
  reason: reasonSchema,
});

/** Take a role back; the owner's too. */
export const roleWithdrawalSchema = roleAssignmentSchema.extend({ role: roleSchema });

/** Somebody who has a role, and why. */
export const roleHolderSchema = z.object({
  person: personRefSchema,
  via: z.enum(['assignment', 'group', 'emergency']),
  assignedBy: refSchema.nullable(),
  group: refSchema.nullable(),
  since: timeSchema,
  expiresAt: timeSchema.nullable(),
  /** The person cannot approve with it yet, or (emergency access) not at all. */
  isCoolingOff: z.boolean(),
});

/** One role: what it may do in words, who has it, and by which groups. */
export const roleViewSchema = z.object({
  role: roleSchema,
  rights: z.array(z.string()),
  /** The first 100; `holderCount` says how many people there are. */
  holders: z.array(roleHolderSchema),
  holderCount: z.number().int(),
  groups: z.array(refSchema),
});

/** All roles at once: there are few. */
export const rolePageSchema = z.object({
  items: z.array(roleViewSchema),
  total: z.number().int(),
});
