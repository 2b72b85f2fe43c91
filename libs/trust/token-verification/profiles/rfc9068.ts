import { assertPresent, assertTyp, nameClaim, type Profile } from './profile.js';

const REQUIRED = ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'];

/** RFC 9068: `typ: at+jwt` and every claim of its §2.2. */
export const rfc9068: Profile = {
  assertAccessToken: (token) => {
    assertTyp(token, ['at+jwt']);
    assertPresent(token, REQUIRED);
  },
  parties: (claims) => {
    const subject = nameClaim(claims, 'sub');
    const clientId = nameClaim(claims, 'client_id');
    // RFC 9068 §2.2: without a resource owner, sub identifies the client.
    return { subject, clientId, isClientItself: subject === clientId };
  },
};
