import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, compactVerify, errors, importJWK, type JWK } from 'jose';
import { systemClock, type Clock } from '#libs/platform/kernel';
import { malformedClaim } from '../claim-types.js';
import { TokenError } from '../errors.js';
import { isValidKey } from '../keys/validate-keys.js';
import { mediaType } from '../profiles/profile.js';
import { readUnverifiedToken, type UnverifiedToken } from '../unverified-token.js';
import { DPOP_ALGORITHMS } from './dpop-algorithms.js';

/**
 * Which proofs have been used, until they are too old to be valid anyway. Bounded; what is remembered is
 * never dropped early, because then it could be used again.
 */
class SeenProofs {
  // In the order of insertion, which is that of `until`: every proof is remembered for the same time.
  readonly #until = new Map<string, number>();

  constructor(
    private readonly rememberForMs: number,
    private readonly maxEntries: number,
  ) {}

  /** Remembers a proof. `seen`: it was used before; `full`: nothing more can be remembered now. */
  add(thumbprint: string, tokenId: string, nowMs: number): 'new' | 'seen' | 'full' {
    this.#removeExpired(nowMs);
    const key = createHash('sha256')
      .update(JSON.stringify([thumbprint, tokenId]))
      .digest('base64');
    if (this.#until.has(key)) return 'seen';
    if (this.#until.size >= this.maxEntries) return 'full';
    this.#until.set(key, nowMs + this.rememberForMs);
    return 'new';
  }

  #removeExpired(nowMs: number): void {
    for (const [key, until] of this.#until) {
      if (until > nowMs) return;
      this.#until.delete(key);
    }
  }
}

/** A DPoP proof before anything about it is believed. */
interface UnverifiedProof {
  readonly key: JWK;
  readonly algorithm: string;
  readonly claims: UnverifiedToken['claims'];
}

/** The rejection of a proof that is not one for this request. */
const invalidProof = (cause?: unknown): TokenError => new TokenError('dpop_invalid', { cause });

/** Takes a proof apart: its form, its kind, and a public key with which it can be checked. */
const readProof = (proof: string): UnverifiedProof => {
  const { header, claims } = unverified(proof);
  if (malformedClaim(claims) !== undefined) throw invalidProof();
  const { alg, jwk } = header;
  if (mediaType(header['typ']) !== 'dpop+jwt' || !isValidKey(jwk)) throw invalidProof();
  const algorithm = DPOP_ALGORITHMS.find((known) => known === alg);
  if (algorithm === undefined) throw invalidProof();
  return { key: publicMembers(jwk), algorithm, claims };
};

const unverified = (proof: string): UnverifiedToken => {
  try {
    return readUnverifiedToken(proof, ['jwk']);
  } catch (error) {
    throw invalidProof(error);
  }
};

// Only what makes the key: a `key_ops` or `alg` of the sender's must not steer how it is read.
const publicMembers = ({ kty, crv, x, y, n, e }: JWK): JWK =>
  JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })) as JWK;

// RFC 9449 §11.1: proofs are for now, within what clocks may differ.
const MAX_AGE_SECONDS = 60;
const MAX_AHEAD_SECONDS = 5;
const MAX_TOKEN_ID_LENGTH = 256;
const MAX_REMEMBERED = 100_000;

/** A proof and the request that it must be for. */
export interface DpopRequest {
  /** The `DPoP` header field's one value. */
  readonly proof: string;
  readonly method: string;
  /** The request's address as the public knows it; query and fragment do not count. */
  readonly url: string;
  /** Null: at the token endpoint, where there is none yet. */
  readonly accessToken: string | null;
  /** The token's `cnf.jkt`; null: whatever key it is, at the token endpoint. */
  readonly thumbprint: string | null;
}

/** A valid proof: whose key it is, and its id for a store that all processes share. */
export interface DpopProof {
  readonly thumbprint: string;
  readonly tokenId: string;
}

/** Checks proofs of possession (RFC 9449 §4.3); each is valid once. One instance a process. */
export class DpopProofs {
  readonly #seen: SeenProofs;

  constructor(
    private readonly clock: Clock = systemClock,
    maxRemembered = MAX_REMEMBERED,
  ) {
    // A proof from the edge of our future is remembered beyond the moment at which it is too old.
    const rememberForSeconds = MAX_AGE_SECONDS + MAX_AHEAD_SECONDS + 1;
    this.#seen = new SeenProofs(rememberForSeconds * 1000, maxRemembered);
  }

  /** Checks a proof and uses it up. Throws a `TokenError` about the proof. */
  async verify(request: DpopRequest): Promise<DpopProof> {
    const proof = await this.check(request);
    this.useUp(proof);
    return proof;
  }

  /**
   * Checks a proof without remembering it: a request that is rejected for another reason takes no room from
   * those who are not. Throws a `TokenError` about the proof.
   */
  async check(request: DpopRequest): Promise<DpopProof> {
    const nowMs = this.clock.now().getTime();
    const proof = readProof(request.proof);
    const tokenId = assertFor(request, proof.claims, nowMs);
    const thumbprint = await assertSigned(request.proof, proof);
    if (request.thumbprint !== null && request.thumbprint !== thumbprint)
      throw new TokenError('dpop_wrong_key');
    return { thumbprint, tokenId };
  }

  /** Uses up a proof that was checked: from now on it is a replay. Throws a `TokenError` when it is one. */
  useUp({ thumbprint, tokenId }: DpopProof): void {
    const memory = this.#seen.add(thumbprint, tokenId, this.clock.now().getTime());
    if (memory === 'seen') throw new TokenError('dpop_replayed');
    if (memory === 'full') throw new TokenError('dpop_exhausted');
  }
}

const assertFor = (
  request: DpopRequest,
  { htm, htu, iat, jti, ath }: UnverifiedProof['claims'],
  nowMs: number,
): string => {
  if (htm !== request.method || !isSameAddress(htu, request.url)) throw invalidProof();
  if (typeof iat !== 'number') throw invalidProof();
  const ageSeconds = nowMs / 1000 - iat;
  if (!(ageSeconds <= MAX_AGE_SECONDS && ageSeconds >= -MAX_AHEAD_SECONDS)) throw invalidProof();
  if (request.accessToken !== null && ath !== sha256(request.accessToken)) throw invalidProof();
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_TOKEN_ID_LENGTH)
    throw invalidProof();
  return jti;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

const isSameAddress = (htu: unknown, url: string): boolean => {
  if (typeof htu !== 'string') return false;
  const named = address(htu);
  return named !== null && named === address(url);
};

// RFC 9449 §4.3: compared after the normalisation of RFC 3986 §6.2.2 and §6.2.3, which URL does.
const address = (text: string): string | null => {
  if (!URL.canParse(text)) return null;
  const { origin, pathname, username, password } = new URL(text);
  return origin === 'null' || username !== '' || password !== '' ? null : `${origin}${pathname}`;
};

const assertSigned = async (
  proof: string,
  { key, algorithm }: UnverifiedProof,
): Promise<string> => {
  try {
    await compactVerify(proof, await importJWK(key, algorithm), { algorithms: [algorithm] });
    return await calculateJwkThumbprint(key);
  } catch (error) {
    // A key that cannot be read, or does not fit its algorithm, is the sender's doing too.
    const isSenders =
      error instanceof errors.JOSEError ||
      error instanceof TypeError ||
      error instanceof DOMException;
    if (isSenders) throw invalidProof(error);
    throw error;
  }
};
