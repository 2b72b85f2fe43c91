import { isObject } from '#libs/platform/kernel';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);

// JSON's 1e400 is a number and would never end; nor would a date that JavaScript cannot hold.
const MAX_EPOCH_SECONDS = 253_402_300_799;
const isTime: Check = (value) =>
  typeof value === 'number' && value >= 0 && value <= MAX_EPOCH_SECONDS;

const ofEach = (check: Check, names: readonly string[]): [string, Check][] =>
  names.map((name) => [name, check]);

const TEXTS =
  `iss sub jti client_id azp appid cid uid oid tid idtyp scope sid nonce at_hash c_hash s_hash
  ath htm htu txn email name binding_id delegation_id`.split(/\s+/);
const TIMES = ['exp', 'nbf', 'iat', 'auth_time', 'toe'];
// `cnf` has a rejection of its own.
const OBJECTS = ['act', 'may_act', 'events', 'sub_id', 'kubernetes.io'];

/** The claims that are read here, of whichever kind of token, and the one form that each has. */
const FORMS: ReadonlyMap<string, Check> = new Map([
  ...ofEach(isText, TEXTS),
  ...ofEach(isTime, TIMES),
  ...ofEach(isObject, OBJECTS),
  ...ofEach((value) => isText(value) || isTexts(value), ['aud', 'scp']),
  ...ofEach(isTexts, ['derived_from', 'derived_from_issuers', 'derived_from_bindings']),
]);

/**
 * The first claim that has another form than its specification gives it. Such a token is rejected as a
 * whole: with a claim overlooked it would be another token than its issuer's, for example one without the
 * id by which it can be revoked.
 */
export const malformedClaim = (claims: Readonly<Record<string, unknown>>): string | undefined =>
  Object.keys(claims).find((name) => FORMS.get(name)?.(claims[name]) === false);
