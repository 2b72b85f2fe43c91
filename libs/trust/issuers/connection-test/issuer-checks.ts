import { validateKeys } from '#libs/trust/token-verification';
import type { IssuerSettings } from '../issuer-settings.js';
import type { IssuerCheck } from '../issuers.schemas.js';

/** Whether the document names exactly the issuer that was asked for. */
export const checkIssuerName = (
  url: string,
  document: Readonly<Record<string, unknown>>,
): IssuerCheck => {
  const named = document['issuer'];
  if (named === url) return passed('issuer', 'It names itself exactly so.');
  if (typeof named !== 'string') return failed('issuer', 'The document names no issuer.');
  // What it says instead is told only where it is the usual mistake.
  if (withoutSlash(named) === withoutSlash(url))
    return failed('issuer', `It names itself ${named}: the slash at the end is part of it.`);
  if (named.toLowerCase() === url.toLowerCase())
    return failed('issuer', `It names itself ${named}: upper and lower case differ.`);
  return failed('issuer', 'It names another issuer: give the address that its tokens name.');
};

/** Whether some published key can check a signature of an allowed algorithm. */
export const checkKeys = (
  algorithms: readonly string[],
  document: Readonly<Record<string, unknown>>,
): IssuerCheck => {
  const { keys } = document;
  if (!Array.isArray(keys)) return failed('keys', 'There is no key set (RFC 7517) at its address.');
  const sound = validateKeys(keys);
  const usable = sound.filter((key) => algorithms.some((name) => fits(key, name)));
  const counted = `${keys.length} published, ${sound.length} sound, ${usable.length} usable.`;
  if (usable.length > 0) return passed('keys', counted);
  return failed('keys', `${counted} None fits the allowed algorithms (${algorithms.join(', ')}).`);
};

/** How far the issuer's clock is from ours. */
export const checkClock = (
  serverDate: Date | null,
  now: Date,
  clockToleranceSeconds: number,
): IssuerCheck => {
  if (serverDate === null) return passed('clock', 'Its answers carry no Date, so nobody can say.');
  const seconds = Math.round((serverDate.getTime() - now.getTime()) / 1000);
  // The Date field has whole seconds, and the answer was on its way for a while.
  const limit = clockToleranceSeconds + 2;
  const detail = `Its clock is ${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} ours.`;
  return Math.abs(seconds) <= limit
    ? passed('clock', detail)
    : failed('clock', `${detail} More than ${limit} s is too much: set the clocks right.`);
};

/** Whether people can sign in there with the code flow and PKCE. */
export const checkSignIn = (document: Readonly<Record<string, unknown>>): IssuerCheck => {
  const missing = ['authorization_endpoint', 'token_endpoint'].filter(
    (name) => typeof document[name] !== 'string',
  );
  if (missing.length > 0) return failed('sign_in', `The document lacks ${missing.join(' and ')}.`);
  const methods = document['code_challenge_methods_supported'];
  const detail =
    Array.isArray(methods) && methods.includes('S256')
      ? 'Code flow with PKCE.'
      : 'Code flow; it does not say that it supports PKCE (S256), which is sent all the same.';
  return passed('sign_in', detail);
};

/** A check that went well. */
export const passed = (name: IssuerCheck['name'], detail: string): IssuerCheck => ({
  name,
  ok: true,
  detail,
});

/** A check that did not, and what to do. */
export const failed = (name: IssuerCheck['name'], detail: string): IssuerCheck => ({
  name,
  ok: false,
  detail,
});

/** What of an issuer is tested. */
export type TestedSettings = IssuerSettings & { hasSignIn: boolean };

const withoutSlash = (url: string): string => url.replace(/\/$/, '');

const CURVE_OF: Readonly<Record<string, string>> = {
  ES256: 'P-256',
  ES384: 'P-384',
  ES512: 'P-521',
};

const fits = (key: ReturnType<typeof validateKeys>[number], algorithm: string): boolean => {
  if (key.alg !== undefined && key.alg !== algorithm) return false;
  if (/^[RP]S/.test(algorithm)) return key.kty === 'RSA';
  if (algorithm.startsWith('ES')) return key.kty === 'EC' && key.crv === CURVE_OF[algorithm];
  return key.kty === 'OKP' && key.crv === 'Ed25519';
};
