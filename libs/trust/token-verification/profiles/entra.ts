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
import type { UnverifiedToken } from '../unverified-token.js';

const REQUIRED = ['iss', 'exp', 'aud', 'sub', 'iat', 'oid', 'tid', 'azp'];

/**
 * Microsoft Entra's v2.0 access tokens. Its ID tokens also say `typ: JWT`, but have neither `azp` nor
 * `scp`, and their audience is the client. Whom a token is about is `oid`: `sub` differs from application
 * to application. An app's own token says so by the optional claim `idtyp`, which the API's registration
 * must ask for; a user's has `scp`. A token that says both, or neither, is rejected.
 */
export const entra: Profile = {
  assertAccessToken: (token) => {
    assertTyp(token, ['jwt']);
    assertPresent(token, REQUIRED);
    assertNoForeignClaims(token);
    const { claims } = token;
    if (claims['ver'] !== '2.0') throw notAnAccessToken();
    if (audiencesOf(claims).includes(String(claims['azp']))) throw notAnAccessToken();
    if (isApp(claims) === isUser(claims)) throw notAnAccessToken();
  },
  parties: (claims: JsonObject) => ({
    subject: nameClaim(claims, 'oid'),
    clientId: nameClaim(claims, 'azp'),
    isClientItself: isApp(claims),
  }),
};

const isApp = ({ idtyp }: UnverifiedToken['claims']): boolean => idtyp === 'app';

const isUser = ({ scp }: UnverifiedToken['claims']): boolean =>
  typeof scp === 'string' && scp.trim() !== '';
