import { proposedChangeRefSchema } from '#libs/engine/commands';
import {
  idSchema,
  lineSchema,
  pageOf,
  personRefSchema,
  reasonSchema,
  refSchema,
  timeSchema,
} from '#libs/platform/http';
import { SCIM_SCOPES } from '#libs/platform/kernel';
import { z } from 'zod';

/** Whose way of speaking SCIM a connection expects; decides only which set-up page the console shows. */
export const scimKindSchema = z.enum(['entra', 'okta', 'other']);

/** What a SCIM token may reach. */
export const scimScopeSchema = z.enum(SCIM_SCOPES);

/** A token as it is shown: never the token itself. */
export const scimTokenSchema = z.object({
  id: idSchema,
  /** Its first characters, to tell tokens apart. */
  prefix: z.string(),
  scopes: z.array(scimScopeSchema),
  /** `waiting`: a second person must confirm it; `not_confirmed`: nobody did, so it never works. */
  state: z.enum(['waiting', 'not_confirmed', 'active', 'expired', 'revoked']),
  createdAt: timeSchema,
  createdBy: personRefSchema.nullable(),
  expiresAt: timeSchema,
  revokedAt: timeSchema.nullable(),
  lastUsedAt: timeSchema.nullable(),
  lastUsedFrom: z.string().nullable(),
});

/** A provisioning client. */
export const scimConnectionSchema = z.object({
  id: idSchema,
  name: z.string(),
  kind: scimKindSchema,
  /** Whose people it provisions; null when they sign in elsewhere. */
  issuer: refSchema.nullable(),
  createdAt: timeSchema,
  userCount: z.number().int(),
  groupCount: z.number().int(),
  agentCount: z.number().int(),
  tokens: z.array(scimTokenSchema),
});

/** All provisioning clients, and the address that they are given. */
export const scimConnectionPageSchema = pageOf(scimConnectionSchema).extend({
  baseUrl: z.string(),
});

/** Register a provisioning client. */
export const registerScimConnectionSchema = z.strictObject({
  name: lineSchema(100),
  kind: scimKindSchema,
  issuerId: idSchema.nullable().default(null),
});

/** Change one: what is absent stays, null takes the issuer away. */
export const changeScimConnectionSchema = z.strictObject({
  name: lineSchema(100).optional(),
  kind: scimKindSchema.optional(),
  issuerId: idSchema.nullable().optional(),
});

/** Make a token. */
export const createScimTokenSchema = z.strictObject({
  scopes: z.array(scimScopeSchema).min(1).max(SCIM_SCOPES.length),
  expiresInDays: z.number().int().min(1).max(366).default(180),
});

/** Make a token in the place of another, which then still works for so long. */
export const rotateScimTokenSchema = z.strictObject({
  overlapHours: z.number().int().min(0).max(168).default(24),
  expiresInDays: z.number().int().min(1).max(366).default(180),
});

/** Why a token is revoked. */
export const revokeScimTokenSchema = z.strictObject({ reason: reasonSchema });

/** A token that was just made: `token` is shown this once. */
export const newScimTokenSchema = z.object({
  token: z.string(),
  baseUrl: z.string(),
  connection: scimConnectionSchema,
  /** What must be confirmed before the token works; null: it works at once. */
  proposedChange: proposedChangeRefSchema.nullable(),
});

/** The parameters of a token's address. */
export const scimTokenParamsSchema = z.strictObject({ id: idSchema, tokenId: idSchema });
