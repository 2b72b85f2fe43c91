import { DPOP_ALGORITHMS } from './dpop/dpop-algorithms.js';

/** Why a token was not accepted, with the sentence its bearer is told. Reasons are stable. */
export const TOKEN_REJECTIONS = {
  missing: 'Send an access token of your company as "Authorization: Bearer …".',
  too_large: 'The token is larger than 8 KB.',
  malformed: 'The token is not a signed JWT in compact form.',
  forbidden_header: 'The token carries a header parameter that is not accepted here.',
  algorithm_not_allowed: 'The token is signed with an algorithm that its issuer is not allowed.',
  not_an_access_token: 'This is not an access token in the form its issuer is registered with.',
  unknown_issuer: 'The token comes from an issuer that is not trusted here.',
  wrong_audience: 'The token was issued for another resource.',
  unknown_key: 'The token is signed with a key that its issuer does not publish.',
  invalid_signature: "The token's signature is invalid.",
  invalid_claims: 'A claim of the token is missing or has the wrong form.',
  expired: 'The token has expired. Get a new one from its issuer.',
  too_long_lived:
    'The token is valid for longer than its issuer is registered with. Ask for one that expires sooner.',
  not_yet_valid: 'The token is not valid yet.',
  wrong_type: 'The token is of another kind than is asked for here.',
  required_claim:
    'The token lacks a claim that its issuer is registered with, for example its tenant.',
  unknown_confirmation: 'The access token is bound to its holder in a way that is not known here.',
  dpop_missing:
    'The access token is bound to a key. Send it as "Authorization: DPoP …" with a DPoP proof.',
  dpop_unbound: 'The access token is not bound to a key. Send it as "Authorization: Bearer …".',
  dpop_invalid: 'The DPoP proof is not one for this request, this moment and this access token.',
  dpop_wrong_key: 'The DPoP proof is signed with another key than the access token is bound to.',
  dpop_replayed: 'The DPoP proof has been used before. Make a new one for every request.',
  dpop_exhausted: 'More DPoP proofs arrive than can be remembered. Try again in a minute.',
  revoked: 'The access token has been revoked. Get a new one from its issuer.',
} as const;

/** One of the keys of {@link TOKEN_REJECTIONS}. */
export type TokenErrorReason = keyof typeof TOKEN_REJECTIONS;

/** A token that was not accepted: always 401, never anonymous (invariant I9). */
export class TokenError extends Error {
  override readonly name = 'TokenError';

  constructor(
    readonly reason: TokenErrorReason,
    options?: { cause?: unknown },
  ) {
    super(TOKEN_REJECTIONS[reason], options);
  }

  /** What is wrong is the proof of possession, not the token (RFC 9449 §7.1). */
  get isAboutProof(): boolean {
    return this.reason.startsWith('dpop_');
  }

  /**
   * The `WWW-Authenticate` field of RFC 6750 §3, or of RFC 9449 §7.1 where a proof was due, with
   * RFC 9728's pointer to our metadata.
   */
  challenge(resourceMetadataUrl: string): string {
    const metadata = `resource_metadata="${resourceMetadataUrl}"`;
    // RFC 6750 §3.1: a request without any credentials gets no error code.
    if (this.reason === 'missing') return `Bearer ${metadata}`;
    const description = this.message.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, '');
    if (this.isAboutProof)
      return `DPoP error="invalid_dpop_proof", error_description="${description}", algs="${DPOP_ALGORITHMS.join(' ')}", ${metadata}`;
    return `Bearer error="invalid_token", error_description="${description}", ${metadata}`;
  }
}

/** The issuer's keys cannot be had, so nothing can be said about its tokens: 503, not 401. */
export class IssuerUnavailableError extends Error {
  override readonly name = 'IssuerUnavailableError';

  constructor(options?: { cause?: unknown }) {
    super('The keys of the token’s issuer cannot be fetched now. Try again in a minute.', options);
  }
}
