import type { Problem } from '#libs/platform/kernel';
import type { IssuerSettings } from './issuer-settings.js';
import { sharedIssuerProblem } from './shared-issuers.js';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

// Audiences that every token of the issuer has unless asked otherwise, or that are another's API: anybody who
// is handed one there could use it here.
const FOREIGN_AUDIENCES = [
  /^https:\/\/kubernetes\.default(\.svc(\.cluster\.local)?)?$/,
  /^https:\/\/(graph\.microsoft\.com|graph\.windows\.net|management\.azure\.com)\/?$/,
  /^00000003-0000-0000-c000-000000000000$/,
  /^https:\/\/github\.com\//,
  /^sts\.amazonaws\.com$/,
  /^api:\/\/AzureADTokenExchange$/i,
];

/** Where Gatehouse is, and what it may connect to. */
export interface Surroundings {
  /** Whether plain HTTP to this machine is allowed, as in the sandbox. */
  canUseLoopback: boolean;
  publicUrl: string;
}

/** Why an issuer's settings would let more in than is meant, part by part; nothing when they are sound. */
export const issuerProblems = (
  settings: IssuerSettings,
  { canUseLoopback, publicUrl }: Surroundings,
): Problem[] => [
  ...addressProblems('url', settings.url, canUseLoopback),
  ...ownProblems(settings.url, publicUrl),
  ...identifierProblems(settings.url),
  // What an https issuer attests, its keys must not undo.
  ...(settings.keysUrl === null
    ? []
    : addressProblems('keysUrl', settings.keysUrl, canUseLoopback && !isSecure(settings.url))),
  ...settings.audiences.flatMap((audience, index) => audienceProblems(audience, index)),
  ...sharedIssuerProblem(settings),
];

const isSecure = (address: string): boolean => new URL(address).protocol === 'https:';

const addressProblems = (path: string, address: string, canUseLoopback: boolean): Problem[] => {
  const { hostname } = new URL(address);
  if (isSecure(address) || (canUseLoopback && LOOPBACK.has(hostname))) return [];
  return [{ path, message: 'use https: over plain HTTP anybody on the way could answer for it' }];
};

// Its tokens are ours: evaluated as another's, they would escape what is asked of our own.
const ownProblems = (url: string, publicUrl: string): Problem[] =>
  new URL(url).host === new URL(publicUrl).host
    ? [{ path: 'url', message: 'this is Gatehouse itself: name the issuer of its tokens' }]
    : [];

// OpenID Connect Core §2: an issuer identifier has neither query nor fragment.
const identifierProblems = (url: string): Problem[] => {
  const { search, hash, username, password } = new URL(url);
  const isPlain = search === '' && hash === '' && username === '' && password === '';
  if (isPlain && !/[?#*{}\s]/.test(url)) return [];
  return [{ path: 'url', message: 'give the issuer exactly as its tokens name it: no wildcards' }];
};

const audienceProblems = (audience: string, index: number): Problem[] => {
  const path = `audiences.${index}`;
  if (audience.trim() !== audience || audience === '' || /[*\s\p{Cc}]/u.test(audience))
    return [{ path, message: 'name one audience exactly: no wildcards, no spaces' }];
  if (FOREIGN_AUDIENCES.some((foreign) => foreign.test(audience)))
    return [
      {
        path,
        message: 'this audience is of another API: have the issuer make tokens for Gatehouse alone',
      },
    ];
  return [];
};
