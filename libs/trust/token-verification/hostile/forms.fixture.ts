import { base64url, KID, type Forger } from './forger.fixture.js';

/** A hostile token, how to make it, and why it must be rejected; null: for whichever reason. */
export type Hostile = readonly [
  name: string,
  make: (it: Forger) => Promise<string> | string,
  reason: string | null,
];

/** The member comes twice; in some reader's eyes the first counts, in others' the last. */
const twice = (text: object, member: string): string =>
  `{${member},${JSON.stringify(text).slice(1)}`;

const swap = async (it: Forger, part: 0 | 1 | 2, value: string): Promise<string> =>
  (await it.sign()).split('.').with(part, value).join('.');

/** Tokens that are no JWT in the one form that is taken. */
export const FORMS: readonly Hostile[] = [
  ['an empty string', () => '', 'malformed'],
  ['one dot', () => '.', 'malformed'],
  ['two dots', () => '..', 'malformed'],
  ['an opaque token', () => 'c2VjcmV0', 'malformed'],
  ['five parts', () => 'a.b.c.d.e', 'malformed'],
  ['JSON serialization', async (it) => JSON.stringify({ payload: await it.sign() }), 'malformed'],
  ['no signature', (it) => swap(it, 2, ''), 'malformed'],
  ['no payload', (it) => swap(it, 1, ''), 'malformed'],
  ['padding', async (it) => `${await it.sign()}==`, 'malformed'],
  ['a space before it', async (it) => ` ${await it.sign()}`, 'malformed'],
  ['a line break inside', async (it) => (await it.sign()).replace('.', '.\n'), 'malformed'],
  ['base64 instead of base64url', async (it) => `${await it.sign()}+/`, 'malformed'],
  ['a header that is a list', (it) => it.signText('[]', JSON.stringify(it.claims())), 'malformed'],
  ['a payload that is text', (it) => it.signText(JSON.stringify(it.header()), '"x"'), 'malformed'],
  ['a payload that is no JSON', (it) => it.signText(JSON.stringify(it.header()), 'x'), 'malformed'],
  ['a payload that is null', (it) => it.signText(JSON.stringify(it.header()), 'null'), 'malformed'],
  [
    'a payload behind a byte order mark',
    (it) => it.signText(JSON.stringify(it.header()), `\uFEFF${JSON.stringify(it.claims())}`),
    'malformed',
  ],
  [
    'a payload that is no UTF-8',
    (it) => swap(it, 1, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]).toString('base64url')),
    'malformed',
  ],
  [
    'a duplicate header member',
    (it) => it.signText(twice(it.header(), '"alg":"none"'), JSON.stringify(it.claims())),
    'malformed',
  ],
  [
    'a duplicate claim',
    (it) => it.signText(JSON.stringify(it.header()), twice(it.claims(), '"aud":"elsewhere"')),
    'malformed',
  ],
  [
    'a duplicate claim spelt with an escape',
    (it) =>
      it.signText(JSON.stringify(it.header()), twice(it.claims(), '"\\u0069ss":"https://a.test"')),
    'malformed',
  ],
  [
    'a duplicate member deep inside',
    (it) =>
      it.signText(JSON.stringify(it.header()), twice(it.claims(), '"extra":{"a":[{"b":1,"b":2}]}')),
    'malformed',
  ],
  ['a huge token', (it) => it.sign({}, { extra: 'a'.repeat(10_000) }), 'too_large'],
];

/** Headers that choose a key, an algorithm, or another way of reading. */
export const HEADERS: readonly Hostile[] = [
  [
    'alg none without a signature',
    async (it) => `${(await it.sign({ alg: 'none' })).split('.').slice(0, 2).join('.')}.`,
    'malformed',
  ],
  ['alg none with a signature', (it) => it.sign({ alg: 'none' }), 'algorithm_not_allowed'],
  ['alg None', (it) => it.sign({ alg: 'None' }), 'algorithm_not_allowed'],
  ['alg nOnE', (it) => it.sign({ alg: 'nOnE' }), 'algorithm_not_allowed'],
  ['alg in lower case', (it) => it.sign({ alg: 'rs256' }), 'algorithm_not_allowed'],
  ['alg with a blank', (it) => it.sign({ alg: 'RS256 ' }), 'algorithm_not_allowed'],
  ['alg that is a list', (it) => it.sign({ alg: ['RS256'] }), 'malformed'],
  ['alg that is empty', (it) => it.sign({ alg: '' }), 'algorithm_not_allowed'],
  ['no alg', (it) => it.sign({ alg: undefined }), 'malformed'],
  ['alg that is every object’s', (it) => it.sign({ alg: 'toString' }), 'algorithm_not_allowed'],
  [
    'HS256 keyed with the public key',
    (it) => it.hmac({ ...it.header(), alg: 'HS256' }, it.publicKeyPem),
    'algorithm_not_allowed',
  ],
  [
    'HS256 keyed with nothing',
    (it) => it.hmac({ ...it.header(), alg: 'HS256' }, ''),
    'algorithm_not_allowed',
  ],
  [
    'RS256 that is really an HMAC',
    (it) => it.hmac(it.header(), it.publicKeyPem),
    'invalid_signature',
  ],
  [
    'an algorithm that the issuer is not allowed',
    (it) => it.sign({ alg: 'PS512' }),
    'algorithm_not_allowed',
  ],
  ['an allowed algorithm of no key', (it) => it.sign({ alg: 'ES256' }), 'unknown_key'],
  ['an algorithm of another key type', (it) => it.sign({ alg: 'Ed25519' }), 'unknown_key'],
  [
    'jku',
    (it) => it.sign({ jku: 'https://evil.example/jwks' }, {}, it.foreignKey),
    'forbidden_header',
  ],
  ['jku to the issuer itself', (it) => it.sign({ jku: it.issuer.keysUrl }), 'forbidden_header'],
  ['x5u', (it) => it.sign({ x5u: 'https://evil.example/cert' }), 'forbidden_header'],
  [
    'an embedded jwk',
    (it) => it.sign({ jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } }),
    'forbidden_header',
  ],
  ['x5c', (it) => it.sign({ x5c: ['MIIB'] }), 'forbidden_header'],
  [
    'x5t over a foreign key’s signature',
    (it) => it.sign({ x5t: 'abc' }, {}, it.foreignKey),
    'invalid_signature',
  ],
  ['crit that names a claim', (it) => it.sign({ crit: ['exp'], exp: 1 }), 'forbidden_header'],
  ['crit that is empty', (it) => it.sign({ crit: [] }), 'forbidden_header'],
  ['crit that is null', (it) => it.sign({ crit: null }), 'forbidden_header'],
  ['b64 false', (it) => it.sign({ b64: false, crit: ['b64'] }), 'forbidden_header'],
  ['b64 true', (it) => it.sign({ b64: true }), 'forbidden_header'],
  ['cty JWT (nested)', (it) => it.sign({ cty: 'JWT' }), 'forbidden_header'],
  ['zip', (it) => it.sign({ zip: 'DEF' }), 'forbidden_header'],
  ['an encrypted token’s header', (it) => it.sign({ enc: 'A256GCM' }), 'forbidden_header'],
  ['a kid that is a path', (it) => it.sign({ kid: '../../../../dev/null' }), 'unknown_key'],
  ['a kid that is an address', (it) => it.sign({ kid: 'https://evil.example/key' }), 'unknown_key'],
  ['a kid that is SQL', (it) => it.sign({ kid: "x' OR '1'='1" }), 'unknown_key'],
  ['a kid that is a number', (it) => it.sign({ kid: 1 }), 'malformed'],
  ['a kid that is empty', (it) => it.sign({ kid: '' }), 'unknown_key'],
  ['a kid in another case', (it) => it.sign({ kid: KID.toUpperCase() }), 'unknown_key'],
  ['an unknown kid', (it) => it.sign({ kid: 'no-such-key' }, {}, it.foreignKey), 'unknown_key'],
  [
    'no kid, and a foreign key',
    (it) => it.sign({ kid: undefined }, {}, it.foreignKey),
    'invalid_signature',
  ],
  [
    'a foreign key under the issuer’s kid',
    (it) => it.sign({}, {}, it.foreignKey),
    'invalid_signature',
  ],
];

/** A good signature, but of something else, or not all of it. */
export const SIGNATURES: readonly Hostile[] = [
  [
    'a changed payload',
    (it) => swap(it, 1, base64url(JSON.stringify({ ...it.claims(), iat: 1 }))),
    'invalid_signature',
  ],
  [
    'a changed header',
    (it) => swap(it, 0, base64url(JSON.stringify({ ...it.header(), x: 1 }))),
    'invalid_signature',
  ],
  [
    'a signature of another token',
    async (it) => swap(it, 2, (await it.sign({}, { x: 1 })).split('.')[2] ?? ''),
    'invalid_signature',
  ],
  [
    'a signature of zeros',
    (it) => swap(it, 2, Buffer.alloc(256).toString('base64url')),
    'invalid_signature',
  ],
  ['a signature of one byte', (it) => swap(it, 2, 'AA'), 'invalid_signature'],
  ['a cut signature', (it) => cut(it, (bytes) => bytes.subarray(0, 240)), 'invalid_signature'],
  [
    'a longer signature',
    (it) => cut(it, (bytes) => Buffer.concat([bytes, Buffer.alloc(1)])),
    'invalid_signature',
  ],
  [
    'a signature behind a zero',
    (it) => cut(it, (bytes) => Buffer.concat([Buffer.alloc(1), bytes])),
    'invalid_signature',
  ],
  [
    'a signature with a flipped bit',
    (it) => cut(it, (bytes) => bytes.with(9, (bytes[9] ?? 0) ^ 1)),
    'invalid_signature',
  ],
  ['a second spelling of its last character', async (it) => respell(await it.sign()), 'malformed'],
];

const cut = async (it: Forger, change: (bytes: Uint8Array) => Uint8Array): Promise<string> => {
  const token = await it.sign();
  const dot = token.lastIndexOf('.') + 1;
  const changed = change(Buffer.from(token.slice(dot), 'base64url'));
  return token.slice(0, dot) + Buffer.from(changed).toString('base64url');
};

// 256 bytes leave four unused bits in the last character.
const respell = (token: string): string => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(token.at(-1) ?? '');
  return token.slice(0, -1) + alphabet.charAt(last + 1);
};
