import { createHash, hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { compareText, isObject, type ExactJson } from '#libs/platform/kernel';
import type { LedgerEntry } from './entry.js';

/** RFC 8785 canonical JSON; throws for a value that has none (a lone surrogate, an infinity). */
export const canonicalJson = (value: unknown): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
};

/** The canonical form that an entry's hash is taken over: every column but `hash`. */
export const canonicalEntry = (entry: Omit<LedgerEntry, 'hash'>): string =>
  canonicalJson({
    actorId: entry.actorId,
    actorKind: entry.actorKind,
    at: entry.at,
    callId: entry.callId,
    chain: entry.chain,
    data: entry.data,
    format: entry.format,
    id: entry.id,
    prev: entry.prev,
    seq: entry.seq,
    subjectId: entry.subjectId,
    subjectKind: entry.subjectKind,
    type: entry.type,
  });

/** SHA-256 over 0x00 and the canonical form (a leaf of RFC 6962), hex. */
export const hashCanonical = (canonical: string): string => hash('sha256', `\0${canonical}`, 'hex');

/** An entry's hash, hex. */
export const hashEntry = (entry: Omit<LedgerEntry, 'hash'>): string =>
  hashCanonical(canonicalEntry(entry));

/** What binds a payload to its entry: SHA-256 over its salt and its content, hex. */
export const payloadDigest = (salt: Uint8Array, content: string): string =>
  createHash('sha256').update(salt).update(content, 'utf8').digest('hex');

/** How long every salt is: part of the format, or bytes could move between a salt and its content. */
export const SALT_BYTES = 16;

/** Whether a stored payload is the one that an entry's digest was taken of. */
export const payloadHolds = (
  { salt, content }: { salt: Uint8Array; content: string },
  digest: unknown,
): boolean => salt.length === SALT_BYTES && payloadDigest(salt, content) === digest;

/**
 * A payload's content: canonical JSON where RFC 8785 has a form for the value. It must never fail for
 * what an upstream answered, so otherwise it is plain JSON with sorted keys: a lone surrogate is escaped, a
 * number that is no double has the digits that were sent.
 */
export const payloadContent = (value: ExactJson): string => {
  try {
    return canonicalJson(value);
  } catch {
    return JSON.stringify(value, sortKeys);
  }
};

// In the pinned Node, and not yet in TypeScript's own declarations.
const { isRawJSON } = JSON as unknown as { isRawJSON: (value: unknown) => boolean };

const sortKeys = (_key: string, value: unknown): unknown =>
  isObject(value) && !isRawJSON(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => compareText(a, b)))
    : value;
