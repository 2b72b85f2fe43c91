import type { JsonObject } from '#libs/platform/kernel';
import {
  assertNoForeignClaims,
  assertPresent,
  assertTyp,
  audiencesOf,
  nameClaim,
  notAnAccessToken,
  type Profile,
} from './profile.js';
import { TokenError } from '../errors.js';

const REQUIRED = ['iss', 'exp', 'aud', 'sub', 'iat', 'jti', 'cid'];

/**
 * Access tokens of an Okta custom authorization server; an org server's are opaque to all but Okta. The
 * header has no `typ` or one of two; `ver` is 1, `cid` the client. `sub` is the user's login, which
 * changes, so a user is `uid`, which is also the `sub` of Okta's ID tokens. A service's token has no
 * `uid`, and its `sub` is the client.
 */
export const okta: Profile = {
  assertAccessToken: (token) => {
    assertTyp(token, ['at+jwt', 'jwt', null]);
    assertPresent(token, REQUIRED);
    assertNoForeignClaims(token);
    const { claims } = token;
    if (claims['ver'] !== 1) throw notAnAccessToken();
    if (audiencesOf(claims).includes(String(claims['cid']))) throw notAnAccessToken();
  },
  parties: (claims: JsonObject) => {
    const clientId = nameClaim(claims, 'cid');
    if (Object.hasOwn(claims, 'uid'))
      return { subject: nameClaim(claims, 'uid'), clientId, isClientItself: false };
    const subject = nameClaim(claims, 'sub');
    if (subject !== clientId) throw new TokenError('invalid_claims');
    return { subject, clientId, isClientItself: true };
  },
};
