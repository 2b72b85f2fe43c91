import { DomainError } from '#libs/platform/kernel';
import { ScimError } from '../errors.js';

/** A resource's version as its weak ETag (RFC 7644 §3.14). */
export const etagOf = (version: number): string => `W/"${version}"`;

// Weak comparison (RFC 9110 §8.8.3.2): the opaque parts alone.
const names = (header: string, version: number): boolean =>
  header
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === `"${version}"`);

/** Rejects a write that was meant for another version. */
export const assertMatches = (ifMatch: string | null, version: number): void => {
  if (ifMatch === null || names(ifMatch, version)) return;
  const message = 'The resource was changed since that version. Read it again, then try again.';
  throw new DomainError('precondition_failed', message);
};

/** Answers 304 when the reader has this version already. */
export const assertChanged = (ifNoneMatch: string | undefined, version: number): void => {
  if (ifNoneMatch === undefined || !names(ifNoneMatch, version)) return;
  throw new ScimError('precondition_failed', 'The resource is as it was.', {
    status: 304,
    headers: { ETag: etagOf(version) },
  });
};
