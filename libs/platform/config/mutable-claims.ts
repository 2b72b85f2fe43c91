// What people, or those who manage them, can change or share (invariant I7).
const MUTABLE_CLAIMS: ReadonlySet<string> = new Set([
  'email',
  'emails',
  'mail',
  'upn',
  'unique_name',
  'preferred_username',
  'username',
  'user_name',
  'login',
  'login_hint',
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'display_name',
  'displayname',
  'phone_number',
  'phone',
  'groups',
  'roles',
  'tid',
  'iss',
  'aud',
  'azp',
  'client_id',
  'nonce',
  'sid',
  'jti',
]);

/** Whether a claim must not say who somebody is: it can change, be given anew, or is the same for many. */
export const isMutableClaim = (claim: string): boolean =>
  MUTABLE_CLAIMS.has(claim.toLowerCase()) || /e-?mail|verified$/i.test(claim);
