import { TokenError } from './errors.js';

/** The parts of a JWT before anything about it is believed. */
export interface UnverifiedToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

const MAX_TOKEN_BYTES = 8_192;
// Parameters that carry a key or its address, or that change how the token is read (RFC 7515 §4.1, RFC 7797).
// The thumbprint `x5t`, which GitHub writes, does neither: nobody looks at it here.
const FORBIDDEN_PARAMETERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'enc', 'cty'];
const BASE64URL = /^[A-Za-z0-9_-]+$/;
// In text that is already known to be JSON, a string before a colon is a member's name and nothing else.
const STRING_MAYBE_NAME = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/**
 * Takes a compact JWT apart and rejects every form in which two readers could differ about it. `allowed`
 * names header parameters that its kind needs although they are forbidden to all others.
 */
export const readUnverifiedToken = (
  token: string,
  allowed: readonly string[] = [],
): UnverifiedToken => {
  if (token.length > MAX_TOKEN_BYTES) throw new TokenError('too_large');
  const parts = token.split('.');
  const [header, claims, signature] = parts;
  if (parts.length !== 3 || !header || !claims || !signature || !isCanonical(signature))
    throw new TokenError('malformed');
  const read = { header: readPart(header), claims: readPart(claims) };
  if (
    FORBIDDEN_PARAMETERS.some((name) => !allowed.includes(name) && Object.hasOwn(read.header, name))
  )
    throw new TokenError('forbidden_header');
  const { alg, typ, kid } = read.header;
  if (typeof alg !== 'string' || !optionalString(typ) || !optionalString(kid))
    throw new TokenError('malformed');
  return read;
};

const optionalString = (value: unknown): boolean =>
  value === undefined || typeof value === 'string';

// The last character's unused bits would give one signature several spellings.
const isCanonical = (part: string): boolean =>
  BASE64URL.test(part) && Buffer.from(part, 'base64url').toString('base64url') === part;

const readPart = (part: string): Record<string, unknown> => {
  if (!isCanonical(part)) throw new TokenError('malformed');
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(part, 'base64url'),
    );
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new TokenError('malformed');
    const names = [...text.matchAll(STRING_MAYBE_NAME)].filter(([, colon]) => colon !== undefined);
    if (names.length !== countMembers(value)) throw new TokenError('malformed');
    return value as Record<string, unknown>;
  } catch {
    // Without its cause: a parser's message repeats what it read.
    throw new TokenError('malformed');
  }
};

const countMembers = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const members = Object.values(value);
  const own = Array.isArray(value) ? 0 : members.length;
  return members.reduce<number>((sum, member) => sum + countMembers(member), own);
};
