import { entra } from './entra.js';
import { okta } from './okta.js';
import { plainJwt } from './plain-jwt.js';
import type { Profile } from './profile.js';
import type { TokenProfile } from './profile-names.js';
import { rfc9068 } from './rfc9068.js';
import { github, kubernetes, spiffe } from './workloads.js';

/** What makes a JWT an access token, by the issuer's profile (invariant I9). */
export const PROFILES: Readonly<Record<TokenProfile, Profile>> = {
  rfc9068,
  jwt: plainJwt,
  entra,
  okta,
  spiffe,
  kubernetes,
  github,
};
