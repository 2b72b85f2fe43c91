import type { TestIdp } from '#libs/dev/testing';
import type { FetchDocument } from './keys/fetch-document.js';
import { trustedIssuer, type TrustedIssuer } from './trusted-issuer.js';

/** As the composition root's, with nothing in the way of loopback. */
export const fetchDocument: FetchDocument = async (url) => {
  const response = await fetch(url, { redirect: 'error' });
  if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
  return response.json();
};

/** The test's IdP as an installation that trusts it has it. */
export const trusting = (
  { issuer }: TestIdp,
  more: { audience?: string; profile?: string } = {},
): TrustedIssuer =>
  trustedIssuer({
    id: '01970000-0000-7000-8000-000000000001',
    url: issuer,
    audiences: [more.audience ?? 'https://gatehouse.example.test'],
    algorithms: ['RS256', 'ES256'],
    profile: more.profile ?? 'rfc9068',
    clockToleranceSeconds: 5,
    maxTokenAgeSeconds: 86_400,
    keysUrl: null,
    requiredClaims: {},
  });
