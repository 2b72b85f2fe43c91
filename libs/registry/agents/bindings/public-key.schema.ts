import { z } from 'zod';

// As many characters as the largest member, a 4096-bit modulus, can have.
const memberSchema = z
  .string()
  .min(1)
  .max(700)
  .regex(/^[A-Za-z0-9_-]+$/, 'is base64url');

const privateSchema = z
  .never(
    'is the private part of a key. It must never leave the agent: make a new key pair, and give only the public key',
  )
  .optional();

/** An agent's public key as a JWK (RFC 7517): EC on P-256 or P-384, Ed25519, or RSA from 2048 bits on. */
export const publicKeySchema = z.strictObject({
  kty: z.enum(['EC', 'OKP', 'RSA'], 'must be EC, OKP or RSA; a shared secret is no public key'),
  crv: z.enum(['P-256', 'P-384', 'Ed25519']).optional(),
  x: memberSchema.optional(),
  y: memberSchema.optional(),
  n: memberSchema.optional(),
  e: memberSchema.optional(),
  /** How the agent will name it in its assertions' headers. */
  kid: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[\x21-\x7e]+$/, 'use printable ASCII without spaces')
    .optional(),
  // What key generators add; a key that says it is for anything else is not taken.
  use: z.literal('sig').optional(),
  alg: z.string().max(16).optional(),
  key_ops: z.tuple([z.literal('verify')]).optional(),
  ext: z.boolean().optional(),
  d: privateSchema,
  p: privateSchema,
  q: privateSchema,
  dp: privateSchema,
  dq: privateSchema,
  qi: privateSchema,
  oth: privateSchema,
  k: privateSchema,
});

/** One of {@link publicKeySchema}. */
export type GivenKey = z.infer<typeof publicKeySchema>;
