import {
  assertNoForeignClaims,
  assertTyp,
  audiencesOf,
  nameClaim,
  notAnAccessToken,
  type Profile,
} from './profile.js';
import type { UnverifiedToken } from '../unverified-token.js';

/** Plain `typ: JWT`, for issuers without RFC 9068: as invariant I9 bounds it. */
export const plainJwt: Profile = {
  assertAccessToken: (token) => {
    assertTyp(token, ['jwt']);
    assertNoForeignClaims(token);
    const client = token.claims[clientClaim(token.claims)];
    if (typeof client !== 'string' || client === '') throw notAnAccessToken();
    // An ID token's audience is its client; an access token's is the API.
    if (audiencesOf(token.claims).includes(client)) throw notAnAccessToken();
  },
  parties: (claims) => {
    const subject = nameClaim(claims, 'sub');
    const clientId = nameClaim(claims, clientClaim(claims));
    return { subject, clientId, isClientItself: subject === clientId };
  },
};

const clientClaim = (claims: UnverifiedToken['claims']): string =>
  (claims['client_id'] ?? null) === null ? 'azp' : 'client_id';
