import type { Hostile } from './forms.fixture.js';
import { MAX_AGE_SECONDS, nowSeconds, TOLERANCE_SECONDS } from './forger.fixture.js';
import { AUDIENCE, goodToken } from './good-tokens.fixture.js';

/** Issuers that are nearly the trusted one. */
export const ISSUERS: readonly Hostile[] = [
  ['an unknown issuer', (it) => it.sign({}, { iss: 'https://evil.example' }), 'unknown_issuer'],
  ['no iss', (it) => it.sign({}, { iss: undefined }), 'unknown_issuer'],
  [
    'a slash at the end of iss',
    (it) => it.sign({}, { iss: `${it.issuer.url}/` }),
    'unknown_issuer',
  ],
  [
    'iss in another case',
    (it) => it.sign({}, { iss: it.issuer.url.toUpperCase() }),
    'unknown_issuer',
  ],
  ['iss with a query', (it) => it.sign({}, { iss: `${it.issuer.url}?` }), 'unknown_issuer'],
  [
    'iss with a port',
    (it) => it.sign({}, { iss: it.issuer.url.replace('.test', '.test:443') }),
    'unknown_issuer',
  ],
  ['iss with a blank', (it) => it.sign({}, { iss: ` ${it.issuer.url}` }), 'unknown_issuer'],
  [
    'iss in another alphabet',
    (it) => it.sign({}, { iss: it.issuer.url.replace('e', 'е') }),
    'unknown_issuer',
  ],
  ['a list with the issuer', (it) => it.sign({}, { iss: [it.issuer.url] }), 'unknown_issuer'],
  ['an issuer named __proto__', (it) => it.sign({}, { iss: '__proto__' }), 'unknown_issuer'],
];

/** Audiences that are nearly ours. */
export const AUDIENCES: readonly Hostile[] = [
  ['no aud', (it) => it.sign({}, { aud: undefined }), null],
  [
    'another audience',
    (it) => it.sign({}, { aud: 'https://other.example.test' }),
    'wrong_audience',
  ],
  ['ours as a prefix', (it) => it.sign({}, { aud: `${AUDIENCE}.evil.example` }), 'wrong_audience'],
  ['a path under ours', (it) => it.sign({}, { aud: `${AUDIENCE}/mcp` }), 'wrong_audience'],
  ['a prefix of ours', (it) => it.sign({}, { aud: AUDIENCE.slice(0, -1) }), 'wrong_audience'],
  ['ours with a slash', (it) => it.sign({}, { aud: `${AUDIENCE}/` }), 'wrong_audience'],
  ['ours in another case', (it) => it.sign({}, { aud: AUDIENCE.toUpperCase() }), 'wrong_audience'],
  [
    'ours among others in one text',
    (it) => it.sign({}, { aud: `${AUDIENCE} https://a.test` }),
    'wrong_audience',
  ],
  ['an empty list', (it) => it.sign({}, { aud: [] }), 'wrong_audience'],
  ['a list without ours', (it) => it.sign({}, { aud: ['a', 'b'] }), 'wrong_audience'],
  [
    'a list with something else in it',
    (it) => it.sign({}, { aud: [AUDIENCE, 1] }),
    'wrong_audience',
  ],
  ['a nested list with ours', (it) => it.sign({}, { aud: [[AUDIENCE]] }), 'wrong_audience'],
  ['an object', (it) => it.sign({}, { aud: { 0: AUDIENCE } }), 'wrong_audience'],
];

const beyond = TOLERANCE_SECONDS + 2;

/** Times that are missing, wrong, or just beyond the issuer's tolerance. */
export const TIMES: readonly Hostile[] = [
  ['no exp', (it) => it.sign({}, { exp: undefined }), null],
  ['null exp', (it) => it.sign({}, { exp: null }), null],
  ['exp as a text', (it) => it.sign({}, { exp: String(nowSeconds() + 300) }), 'invalid_claims'],
  ['exp as 1e400', (it) => number(it, 'exp', '1e400'), 'invalid_claims'],
  ['exp as 1e300', (it) => number(it, 'exp', '1e300'), 'invalid_claims'],
  ['exp beyond any calendar', (it) => it.sign({}, { exp: 253_402_300_800 }), 'invalid_claims'],
  ['exp below zero', (it) => it.sign({}, { exp: -1 }), null],
  ['exp of zero', (it) => it.sign({}, { exp: 0 }), 'expired'],
  ['exp beyond the tolerance', (it) => it.sign({}, { exp: nowSeconds() - beyond }), 'expired'],
  [
    'nbf beyond the tolerance',
    (it) => it.sign({}, { nbf: nowSeconds() + beyond }),
    'not_yet_valid',
  ],
  ['nbf as a text', (it) => it.sign({}, { nbf: '0' }), 'invalid_claims'],
  ['nbf as 1e400', (it) => number(it, 'nbf', '1e400'), null],
  [
    'iat beyond the tolerance',
    (it) => it.sign({}, { iat: nowSeconds() + beyond }),
    'not_yet_valid',
  ],
  [
    'a life longer than the issuer’s maximum age',
    (it) => it.sign({}, { exp: nowSeconds() + MAX_AGE_SECONDS + 60 }),
    'too_long_lived',
  ],
  [
    'a life of days, nearly over',
    (it) => it.sign({}, { iat: nowSeconds() - 3 * MAX_AGE_SECONDS, exp: nowSeconds() + 60 }),
    'too_long_lived',
  ],
  [
    'no iat, and an exp in days',
    (it) => it.sign({}, { iat: undefined, exp: nowSeconds() + 3 * MAX_AGE_SECONDS }),
    null,
  ],
  ['iat as a text', (it) => it.sign({}, { iat: 'now' }), 'invalid_claims'],
];

const number = (it: Parameters<Hostile[1]>[0], claim: string, text: string): Promise<string> =>
  it.signText(
    JSON.stringify(it.header()),
    JSON.stringify({ ...it.claims(), [claim]: 'HERE' }).replace('"HERE"', text),
  );

const names = (it: Parameters<Hostile[1]>[0], value: unknown): Promise<string> =>
  it.sign({}, { [goodToken(it.profile).subjectClaim]: value });

/** Subjects that name nobody. */
export const SUBJECTS: readonly Hostile[] = [
  ['no sub', (it) => it.sign({}, { sub: undefined }), null],
  ['an empty subject', (it) => names(it, ''), null],
  ['a subject that is a number', (it) => names(it, 1), null],
  ['a subject that is a list', (it) => names(it, ['agent-1']), null],
  ['a subject that is an object', (it) => names(it, { id: 'agent-1' }), null],
  ['a very long subject', (it) => names(it, `spiffe://example.test/${'a'.repeat(1_001)}`), null],
];

/** Confirmations by which the token would be somebody else's than its bearer's. */
export const CONFIRMATIONS: readonly Hostile[] = [
  ['cnf that is null', (it) => it.sign({}, { cnf: null }), 'unknown_confirmation'],
  ['cnf that is text', (it) => it.sign({}, { cnf: 'x' }), 'unknown_confirmation'],
  [
    'cnf of a certificate',
    (it) => it.sign({}, { cnf: { 'x5t#S256': 'x' } }),
    'unknown_confirmation',
  ],
  [
    'cnf of a key and a certificate',
    (it) => it.sign({}, { cnf: { jkt: 'x', 'x5t#S256': 'x' } }),
    'unknown_confirmation',
  ],
  ['an empty cnf', (it) => it.sign({}, { cnf: {} }), 'unknown_confirmation'],
];
