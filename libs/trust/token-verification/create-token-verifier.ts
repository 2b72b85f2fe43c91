import type { Clock } from '#libs/platform/kernel';
import { fetchDocument, type Outbound } from '#libs/engine/upstream';
import { TokenVerifier } from './token-verifier.js';

const KEYS_TIMEOUT_MS = 5_000;
// As many keys as are looked at, each with its certificates.
const MAX_DOCUMENT_BYTES = 256 * 1024;

/**
 * The one verifier of a process. Each keeps the issuers' keys for itself, so whatever checks tokens shares
 * it: with two, an issuer could be asked twice in 30 s (invariant I5).
 */
export const createTokenVerifier = (outbound: Outbound, clock?: Clock): TokenVerifier =>
  new TokenVerifier(
    (url) =>
      fetchDocument(outbound, { url, timeoutMs: KEYS_TIMEOUT_MS, maxBytes: MAX_DOCUMENT_BYTES }),
    clock,
  );
