import type { JsonObject } from '#libs/platform/kernel';
import {
  assertNoForeignClaims,
  assertPresent,
  assertTyp,
  nameClaim,
  notAnAccessToken,
  type NamedParties,
  type Profile,
} from './profile.js';
import { isServiceAccountName, isSpiffeId } from './workload-names.js';

/** SPIFFE JWT-SVID: `typ` is JWT, JOSE or absent; `sub`, `aud` and `exp` are required (§3 and §4). */
export const spiffe: Profile = {
  assertAccessToken: (token) => {
    assertTyp(token, ['jwt', 'jose', null]);
    assertPresent(token, ['sub', 'aud', 'exp']);
    assertNoForeignClaims(token);
    if (!isSpiffeId(token.claims['sub'])) throw notAnAccessToken();
  },
  parties: (claims) => workload(claims),
};

/** A Kubernetes service account's projected token; legacy ones have neither `aud` nor `exp`. */
export const kubernetes: Profile = {
  assertAccessToken: (token) => {
    assertTyp(token, ['jwt', null]);
    assertPresent(token, ['iss', 'sub', 'aud', 'exp', 'iat', 'kubernetes.io']);
    assertNoForeignClaims(token);
    const { claims } = token;
    if (!isServiceAccountName(claims['sub']) || !isOfAccount(claims)) throw notAnAccessToken();
  },
  parties: (claims) => workload(claims),
};

// The API server writes the account into both places; a token in which they differ is not of its making.
const isOfAccount = (claims: Readonly<Record<string, unknown>>): boolean => {
  const place = claims['kubernetes.io'];
  if (typeof place !== 'object' || place === null) return false;
  const { namespace, serviceaccount } = place as Record<string, unknown>;
  if (typeof serviceaccount !== 'object' || serviceaccount === null) return false;
  const { name } = serviceaccount as Record<string, unknown>;
  return claims['sub'] === `system:serviceaccount:${String(namespace)}:${String(name)}`;
};

/** The OIDC token of a GitHub Actions job. */
export const github: Profile = {
  assertAccessToken: (token) => {
    assertTyp(token, ['jwt']);
    assertPresent(token, ['iss', 'sub', 'aud', 'exp', 'iat', 'jti']);
    assertPresent(token, ['repository_id', 'job_workflow_ref']);
    assertNoForeignClaims(token);
  },
  parties: (claims) => workload(claims),
};

// A workload is not somebody's client: a client's name in its token means nothing.
const workload = (claims: JsonObject): NamedParties => ({
  subject: nameClaim(claims, 'sub'),
  clientId: null,
  isClientItself: false,
});
