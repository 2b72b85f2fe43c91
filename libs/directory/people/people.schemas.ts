import { ROLES } from '#libs/platform/kernel';
import {
  idSchema,
  lineSchema,
  pageOf,
  pageQuerySchema,
  reasonSchema,
  refSchema,
  timeSchema,
} from '#libs/platform/http';
import { ACTIONS, SUBJECT_NAMES } from '#libs/platform/access';
import { z } from 'zod';

/** What a person may do in the console. */
export const roleSchema = z.enum(ROLES);

/** A person as lists show them. */
export const personSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string(),
  /** Every role that they have now, whatever gives it. */
  roles: z.array(roleSchema),
  teams: z.array(refSchema),
  isActive: z.boolean(),
  /** The SCIM connection that says who they are; null when people here do. */
  managedBy: refSchema.nullable(),
  createdAt: timeSchema,
});

/** One page of people. */
export const personPageSchema = pageOf(personSchema);

/** One reason why somebody has a role. */
export const roleSourceSchema = z.object({
  role: roleSchema,
  via: z.enum(['assignment', 'group', 'emergency']),
  /** Who assigned it; null for the system. */
  assignedBy: refSchema.nullable(),
  group: refSchema.nullable(),
  since: timeSchema,
  expiresAt: timeSchema.nullable(),
  /** The person cannot approve with it: as a new member, not yet; in an emergency, not at all. */
  isCoolingOff: z.boolean(),
});

/** A person with whatever gives them rights, and what they answer for. */
export const personDetailSchema = personSchema.extend({
  disabledAt: timeSchema.nullable(),
  /**
   * People here keep them out, whatever their provisioning client says; security did, and alone enables them
   * again.
   */
  disabledByPeople: z.boolean(),
  stoppedBySecurity: z.boolean(),
  /** What their provisioning client says; null when they have none. */
  isActiveAtClient: z.boolean().nullable(),
  /** Tokens about them that were issued before this are not valid any more. */
  tokensRevokedBefore: timeSchema.nullable(),
  lastSignInAt: timeSchema.nullable(),
  roleSources: z.array(roleSourceSchema),
  /** Roles that they would have, and that wait for two people to confirm a sign-in of theirs. */
  unconfirmedRoles: z.array(roleSchema),
  groups: z.array(refSchema),
  identities: z.array(
    z.object({
      issuer: z.string(),
      subject: z.string(),
      linkedAt: timeSchema,
      linkedBy: z.enum(['added', 'setup_code', 'claim']),
      /** When two people said that a link by a claim is right; until then no privileged role counts. */
      confirmedAt: timeSchema.nullable(),
    }),
  ),
  /** Agents that they own, as far as you may see them. */
  agents: z.array(refSchema.extend({ state: z.string() })),
  activeDelegations: z.number().int(),
});

/** The query of the people's list. */
export const listPeopleQuerySchema = pageQuerySchema.extend({
  q: z.string().trim().max(100).optional(),
  role: roleSchema.optional(),
  teamId: idSchema.optional(),
  groupId: idSchema.optional(),
  state: z.enum(['active', 'inactive', 'all']).default('active'),
  /** Only those of whose roles some wait for two people to confirm a sign-in of theirs. */
  unconfirmed: z.literal('true').optional(),
});

const emailSchema = z.email().max(254);
const teamIdsSchema = z.array(idSchema).max(50);

/** Add a person whom no provisioning client brings. */
export const registerPersonSchema = z.strictObject({
  /** The issuer that attests who they are at sign-in, and their subject there: compared exactly. */
  issuer: z.url({ protocol: /^https?$/ }).max(500),
  subject: lineSchema(255),
  email: emailSchema,
  name: lineSchema(200),
  teamIds: teamIdsSchema,
});

/** Change a person; what is left out stays as it is. */
export const changePersonSchema = z.strictObject({
  name: lineSchema(200).optional(),
  email: emailSchema.optional(),
  teamIds: teamIdsSchema.optional(),
});

/** Which of a person's sign-ins is confirmed or rejected, and why. */
export const identityDecisionSchema = z.strictObject({
  issuer: z.url().max(500),
  subject: z.string().min(1).max(255),
  reason: reasonSchema,
});

/** Why something is done to a person. */
export const personReasonSchema = z.strictObject({ reason: reasonSchema });

/** Who is signed in, what they may do, and what a write must carry. */
export const sessionSchema = z.object({
  person: personSchema.pick({ id: true, name: true, email: true, roles: true, teams: true }),
  /**
   * Those of their roles with which they cannot approve: too new, until when; or, without a time, given by an
   * emergency, or of no account while one person alone changes how they show who they are.
   */
  coolingOffRoles: z.array(z.object({ role: roleSchema, until: timeSchema.nullable() })),
  /** Roles that do not count yet: two people, each with one of the roles named, must confirm that it is them. */
  unconfirmedRoles: z.array(z.object({ role: roleSchema, confirmedBy: z.array(roleSchema) })),
  /** Their open emergency access. */
  emergency: z.object({ id: idSchema, expiresAt: timeSchema }).nullable(),
  /** Send it as `X-CSRF-Token` with every write. */
  csrfToken: z.string(),
  /** What they may do, as CASL's raw rules. */
  rules: z.array(
    z.object({
      action: z.array(z.enum(ACTIONS)),
      subject: z.array(z.enum(SUBJECT_NAMES)),
      /** What holds of the instance, in MongoDB's operators. */
      conditions: z.record(z.string(), z.unknown()).optional(),
      /** True for a rule that denies. */
      inverted: z.boolean().optional(),
    }),
  ),
  /** When the session ends at the latest, and after how long without a request. */
  expiresAt: timeSchema,
  idleSeconds: z.number().int(),
  /** True in the quick start's demo organisation. */
  sandbox: z.boolean(),
});
