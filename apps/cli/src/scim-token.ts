import { DomainError } from '#libs/platform/kernel';
import { localScimToken } from '#libs/dev/local';
import { localStart } from './local-start.js';

/** `gatehouse token --scim`: the sandbox's SCIM bearer token, as the last start left it. */
export const scimToken = (): string => {
  const kept = localScimToken(localStart().home);
  if (kept && new Date(kept.expiresAt) > new Date()) return kept.token;
  throw new DomainError('not_found', 'There is no SCIM token that works: run npm start once more.');
};
