import { isMutableClaim } from '#libs/platform/config';
import { idSchema, lineSchema, pageOf, reasonSchema, timeSchema } from '#libs/platform/http';
import { LINK_ATTRIBUTES } from '#libs/trust/sign-in';
import {
  DEFAULT_TOKEN_AGE_SECONDS,
  MAX_TOKEN_AGE_SECONDS,
  SIGNATURE_ALGORITHMS,
  TOKEN_PROFILES,
} from '#libs/trust/token-verification';
import { z } from 'zod';

const MAX_CLAIMS = 10;
const MAX_AUDIENCES = 20;

const addressSchema = z.url({ protocol: /^https?$/ }).max(500);
const claimNameSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[!-~]+$/, 'use the claim name exactly as the token has it');

const settings = {
  name: lineSchema(100),
  /** What a token must name as its audience: one of these, exactly. */
  audiences: z.array(z.string().min(1).max(255)).min(1).max(MAX_AUDIENCES),
  /** Asymmetric ones only: a party that verifies a symmetric signature could also have made it. */
  algorithms: z.array(z.enum(SIGNATURE_ALGORITHMS)).min(1).max(SIGNATURE_ALGORITHMS.length),
  profile: z.enum(TOKEN_PROFILES),
  clockToleranceSeconds: z.int().min(0).max(60),
  /** For how long a token may be valid from its issue; one that is valid for longer is rejected. */
  maxTokenAgeSeconds: z.int().min(60).max(MAX_TOKEN_AGE_SECONDS),
  /** Whether its security events may name people by e-mail address, whichever issuer they sign in at. */
  signalsByEmail: z.boolean(),
  /** Where its keys are, when it publishes no discovery document. */
  keysUrl: addressSchema.nullable(),
  /** Claims that every token must carry with exactly this value, for example a pinned tenant. */
  requiredClaims: z
    .record(claimNameSchema, z.string().min(1).max(255))
    .refine(
      (claims) => Object.keys(claims).length <= MAX_CLAIMS,
      `at most ${MAX_CLAIMS} claims can be required`,
    ),
} as const;

/** Trust an issuer's tokens. */
export const trustIssuerSchema = z.strictObject({
  ...settings,
  url: addressSchema,
  maxTokenAgeSeconds: settings.maxTokenAgeSeconds.default(DEFAULT_TOKEN_AGE_SECONDS),
  signalsByEmail: settings.signalsByEmail.default(false),
  keysUrl: settings.keysUrl.default(null),
  requiredClaims: settings.requiredClaims.default({}),
});

/** Change what is checked of an issuer's tokens; what is left out stays. Its address never changes. */
export const changeIssuerSchema = z
  .strictObject(settings)
  .partial()
  .extend({ reason: reasonSchema });

/** Why an issuer is not trusted any more. */
export const retireIssuerSchema = z.strictObject({ reason: reasonSchema });

/** Why a retired issuer is trusted again. */
export const restoreIssuerSchema = z.strictObject({ reason: reasonSchema });

/** Let people sign in at an issuer; an absent secret stays, and is never shown again. */
export const configureSignInSchema = z.strictObject({
  label: lineSchema(60),
  clientId: z.string().trim().min(1).max(255),
  clientSecret: z.string().min(1).max(2_000).optional(),
  /** The immutable claim by which a person from SCIM is linked at first sign-in; null: not at all. */
  linkClaim: claimNameSchema
    .refine((claim) => !isMutableClaim(claim), 'name a claim that never changes, for example oid')
    .nullable(),
  /** The SCIM attribute that carries the same value. */
  linkAttribute: z.enum(LINK_ATTRIBUTES).nullable(),
  enabled: z.boolean(),
});

/** Sign-in at an issuer, without its secret. */
export const signInSchema = z.object({
  label: z.string(),
  clientId: z.string(),
  linkClaim: z.string().nullable(),
  linkAttribute: z.enum(LINK_ATTRIBUTES).nullable(),
  enabled: z.boolean(),
  updatedAt: timeSchema,
});

/** A trusted token issuer. */
export const issuerSchema = z.object({
  id: idSchema,
  name: z.string(),
  url: z.string(),
  audiences: z.array(z.string()),
  algorithms: z.array(z.string()),
  profile: z.string(),
  clockToleranceSeconds: z.number().int(),
  maxTokenAgeSeconds: z.number().int(),
  signalsByEmail: z.boolean(),
  keysUrl: z.string().nullable(),
  requiredClaims: z.record(z.string(), z.string()),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  /** Since then none of its tokens is accepted. */
  retiredAt: timeSchema.nullable(),
  signIn: signInSchema.nullable(),
  bindingCount: z.number().int(),
});

/** One issuer, with the addresses that must be registered there for sign-in. */
export const issuerDetailSchema = issuerSchema.extend({
  signInUris: z.object({ redirectUri: z.string(), backChannelLogoutUri: z.string() }),
});

/** All issuers, those that were retired included. */
export const issuerPageSchema = pageOf(issuerSchema);

const sampleToken = z.string().trim().max(10_000).optional();

/** Test the connection to a saved issuer, or to one that is only a draft. Nothing of it is kept. */
export const testIssuerSchema = z.union([
  z.strictObject({ issuerId: idSchema, sampleToken }),
  trustIssuerSchema.omit({ name: true }).extend({ sampleToken }),
]);

/** What a connection test found, check by check. */
export const issuerTestSchema = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      name: z.enum([
        'settings',
        'discovery',
        'issuer',
        'keys',
        'clock',
        'audience',
        'sign_in',
        'sample_token',
      ]),
      ok: z.boolean(),
      detail: z.string(),
    }),
  ),
});

/** One of {@link issuerSchema}. */
export type IssuerView = z.infer<typeof issuerSchema>;
/** One of {@link issuerDetailSchema}. */
export type IssuerDetailView = z.infer<typeof issuerDetailSchema>;
/** One check of {@link issuerTestSchema}. */
export type IssuerCheck = z.infer<typeof issuerTestSchema>['checks'][number];
