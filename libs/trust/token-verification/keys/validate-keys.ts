import type { JWK } from 'jose';

const MIN_RSA_BITS = 2_048;
// What OpenSSL takes; beyond it a modulus only costs time.
const MAX_RSA_BITS = 16_384;
const MIN_RSA_EXPONENT = 3n;
const MAX_RSA_EXPONENT = 2n ** 256n;
const CURVES: ReadonlySet<unknown> = new Set(['P-256', 'P-384', 'P-521']);
// RFC 7517 §4.2, and the value that SPIFFE's trust bundles use in its place.
const SIGNING_USES: ReadonlySet<unknown> = new Set(['sig', 'jwt-svid']);
// A registered issuer needs a handful; looking through more for every token would be its gift to us.
const MAX_KEYS = 100;

// Certificates and whatever else its issuer writes beside a key are not looked at, so they are not kept.
const MEMBERS = ['kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'alg', 'key_ops'] as const;

/** Those of a published key set that may check signatures. What is weak, secret or unknown is left out. */
export const validateKeys = (keys: readonly unknown[]): JWK[] =>
  keys.slice(0, MAX_KEYS).filter(isValidKey).map(membersOf);

const membersOf = (key: JWK): JWK => {
  const members = MEMBERS.filter((name) => key[name] !== undefined);
  const kept = Object.fromEntries(members.map((name) => [name, key[name]])) as unknown as JWK;
  return key.use === undefined ? kept : { ...kept, use: 'sig' };
};

/** Whether a JWK is a public key that nobody else can sign for. */
export const isValidKey = (value: unknown): value is JWK => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const key = value as Record<string, unknown>;
  // A published private key is everybody's key.
  if (key['d'] !== undefined || key['k'] !== undefined) return false;
  if (key['use'] !== undefined && !SIGNING_USES.has(key['use'])) return false;
  if (!isTextOrNone(key['kid']) || !isTextOrNone(key['alg'])) return false;
  if (!isOperationsOrNone(key['key_ops'])) return false;
  switch (key['kty']) {
    case 'RSA':
      return isValidRsaKey(key);
    case 'EC':
      return CURVES.has(key['crv']);
    case 'OKP':
      return key['crv'] === 'Ed25519' && !isOfSmallOrder(key['x']);
    default:
      return false;
  }
};

const isTextOrNone = (value: unknown): boolean => value === undefined || typeof value === 'string';

// RFC 7517 §4.3 knows eight.
const MAX_OPERATIONS = 20;

const isOperationsOrNone = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) && value.length <= MAX_OPERATIONS && value.every(isTextOrNone));

const isValidRsaKey = ({ n, e }: Record<string, unknown>): boolean => {
  const modulus = toBigInt(n);
  const exponent = toBigInt(e);
  if (modulus === null || exponent === null) return false;
  const bits = modulus.toString(2).length;
  return (
    bits >= MIN_RSA_BITS &&
    bits <= MAX_RSA_BITS &&
    modulus % 2n === 1n &&
    exponent >= MIN_RSA_EXPONENT &&
    exponent < MAX_RSA_EXPONENT &&
    exponent % 2n === 1n
  );
};

const FIELD = 2n ** 255n - 19n;
// The y coordinates of Edwards25519's eight points of small order (RFC 7748's cofactor is 8): under such a
// key one signature holds for any message.
const SMALL_ORDER_Y: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  FIELD - 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  55188659117513257062467267217118295137698188065244968500265048394206261417927n,
]);

const isOfSmallOrder = (x: unknown): boolean => {
  const bytes = decode(x);
  if (bytes?.length !== 32) return true;
  // Little-endian; the topmost bit is the sign of the other coordinate.
  const reversed = Buffer.from(bytes).reverse();
  reversed[0] = (reversed[0] as number) & 0x7f;
  const y = BigInt(`0x${reversed.toString('hex')}`);
  // A number of the field and above has a second spelling, which some readers take.
  return y >= FIELD || SMALL_ORDER_Y.has(y);
};

const toBigInt = (value: unknown): bigint | null => {
  const bytes = decode(value);
  return bytes === null || bytes.length === 0 ? null : BigInt(`0x${bytes.toString('hex')}`);
};

// A modulus of MAX_RSA_BITS in base64url.
const MAX_PARAMETER_LENGTH = 2_731;

const decode = (value: unknown): Buffer | null =>
  typeof value === 'string' &&
  value.length <= MAX_PARAMETER_LENGTH &&
  /^[A-Za-z0-9_-]+$/.test(value)
    ? Buffer.from(value, 'base64url')
    : null;
