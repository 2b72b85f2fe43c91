import { ROLES } from '#libs/kernel';
import { idSchema, pageOf, pageQuerySchema, refSchema, timeSchema } from '#libs/http';
import { z } from 'zod';

/** What a person may do in the console. */
export const roleSchema = z.enum(ROLES);

/** A person as lists show them. */
export const personSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string(),
  roles: z.array(roleSchema),
  teams: z.array(refSchema),
  createdAt: timeSchema,
});

/** One page of people. */
export const personPageSchema = pageOf(personSchema);

/** The query of the people's list. */
export const listPeopleQuerySchema = pageQuerySchema.extend({
  q: z.string().trim().max(100).optional(),
  role: roleSchema.optional(),
});

/** A team: it owns agents and tool servers. */
export const teamSchema = refSchema;

/** All teams. */
export const teamPageSchema = pageOf(teamSchema);

/** A trusted token issuer. */
export const issuerSchema = z.object({
  id: idSchema,
  name: z.string(),
  url: z.string(),
  audience: z.string(),
  algorithms: z.array(z.string()),
  profile: z.string(),
  clockToleranceSeconds: z.number().int(),
});

/** All trusted issuers. */
export const issuerPageSchema = pageOf(issuerSchema);

/** Who is signed in, what they may do, and what a write must carry. */
export const sessionSchema = z.object({
  person: personSchema.pick({ id: true, name: true, email: true, roles: true, teams: true }),
  /** Send it as `X-CSRF-Token` with every write. */
  csrfToken: z.string(),
  /** CASL rules of `#libs/access`, as CASL's packRules writes them. */
  rules: z.array(z.array(z.unknown())),
  /** When the session ends at the latest, and after how long without a request. */
  expiresAt: timeSchema,
  idleSeconds: z.number().int(),
  /** True in the quick start's make-believe company. */
  sandbox: z.boolean(),
});
