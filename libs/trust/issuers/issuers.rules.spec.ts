import { describe, expect, it } from 'vitest';
import type { IssuerSettings } from './issuer-settings.js';
import { issuerProblems } from './issuers.rules.js';

const TENANT = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const SOUND: IssuerSettings = {
  url: 'https://idp.example.com/realms/main',
  audiences: ['https://gate.example.com'],
  algorithms: ['ES256'],
  profile: 'rfc9068',
  clockToleranceSeconds: 5,
  maxTokenAgeSeconds: 86_400,
  keysUrl: null,
  requiredClaims: {},
};
const pathsOf = (change: Partial<IssuerSettings>, canUseLoopback = false) =>
  issuerProblems(
    { ...SOUND, ...change },
    { canUseLoopback, publicUrl: 'https://gate.example.com' },
  ).map(({ path }) => path);

describe('an issuer', () => {
  it.each<[string, Partial<IssuerSettings>]>([
    ['of the usual kind', {}],
    ['with a slash at its end', { url: 'https://idp.example.com/' }],
    ['with an audience that is no address', { audiences: ['api://gatehouse', TENANT] }],
    ['with its keys elsewhere', { keysUrl: 'https://keys.example.com/jwks' }],
    [
      'of Entra with its tenant',
      {
        url: `https://login.microsoftonline.com/${TENANT}/v2.0`,
        profile: 'entra',
        requiredClaims: { tid: TENANT },
      },
    ],
    [
      'of Entra, version 1',
      {
        url: `https://sts.windows.net/${TENANT}/`,
        profile: 'entra',
        requiredClaims: { tid: TENANT },
      },
    ],
    [
      'of GitHub with its owner',
      {
        url: 'https://token.actions.githubusercontent.com',
        profile: 'github',
        requiredClaims: { repository_owner_id: '1' },
      },
    ],
    ['of a GitHub of one’s own', { url: 'https://github.example.com/_services/token' }],
  ])('is sound: %s', (_, change) => {
    expect(pathsOf(change)).toEqual([]);
  });

  it.each<[string, Partial<IssuerSettings>, string]>([
    ['over plain HTTP', { url: 'http://idp.example.com' }, 'url'],
    ['on this machine', { url: 'http://localhost:4001' }, 'url'],
    ['whose keys come over plain HTTP', { keysUrl: 'http://keys.example.com/jwks' }, 'keysUrl'],
    ['with a query', { url: 'https://idp.example.com/?tenant=1' }, 'url'],
    ['with a fragment', { url: 'https://idp.example.com/#x' }, 'url'],
    ['with a password', { url: 'https://a:b@idp.example.com/' }, 'url'],
    ['with a wildcard', { url: 'https://*.example.com' }, 'url'],
    ['with a placeholder', { url: 'https://idp.example.com/{tenantid}/v2.0' }, 'url'],
    ['with an empty audience', { audiences: [''] }, 'audiences.0'],
    ['with a blank audience', { audiences: ['https://gate.example.com', ' '] }, 'audiences.1'],
    ['with any audience', { audiences: ['*'] }, 'audiences.0'],
    ['with an audience by pattern', { audiences: ['https://*.example.com'] }, 'audiences.0'],
    [
      'with the audience of the cluster itself',
      { profile: 'kubernetes', audiences: ['https://kubernetes.default.svc'] },
      'audiences.0',
    ],
    [
      'with the audience of Microsoft Graph',
      { audiences: ['00000003-0000-0000-c000-000000000000'] },
      'audiences.0',
    ],
    ['with GitHub’s own audience', { audiences: ['https://github.com/octo-org'] }, 'audiences.0'],
    [
      'of GitHub for everybody',
      { url: 'https://token.actions.githubusercontent.com', profile: 'github' },
      'requiredClaims',
    ],
    [
      'of GitHub by a name that can be given anew',
      {
        url: 'https://token.actions.githubusercontent.com',
        profile: 'github',
        requiredClaims: { repository_owner: 'octo-org' },
      },
      'requiredClaims',
    ],
    ['of Google for everybody', { url: 'https://accounts.google.com' }, 'requiredClaims'],
    ...['common', 'organizations', 'consumers', 'example.onmicrosoft.com'].map(
      (tenant): [string, Partial<IssuerSettings>, string] => [
        `of Entra for ${tenant}`,
        {
          url: `https://login.microsoftonline.com/${tenant}/v2.0`,
          profile: 'entra',
          requiredClaims: { tid: TENANT },
        },
        'url',
      ],
    ),
    [
      'of Entra without its tenant pinned',
      { url: `https://login.microsoftonline.com/${TENANT}/v2.0`, profile: 'entra' },
      'requiredClaims',
    ],
    [
      'of Entra under another profile',
      { url: `https://login.microsoftonline.com/${TENANT}/v2.0`, profile: 'jwt' },
      'requiredClaims',
    ],
    [
      'of Entra with another tenant pinned',
      {
        url: `https://login.microsoftonline.com/${TENANT}/v2.0`,
        profile: 'entra',
        requiredClaims: { tid: TENANT.replace('3', '4') },
      },
      'requiredClaims',
    ],
  ])('is rejected: %s', (_, change, path) => {
    expect(pathsOf(change)).toEqual([path]);
  });

  it('on this machine is for the sandbox', () => {
    expect(pathsOf({ url: 'http://localhost:4001' }, true)).toEqual([]);
    expect(pathsOf({ url: 'http://10.0.0.1' }, true)).toEqual(['url']);
    expect(pathsOf({ url: 'http://localhost.evil.test' }, true)).toEqual(['url']);
  });
});
