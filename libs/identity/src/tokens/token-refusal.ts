/** Why a token was not accepted, with the sentence its bearer is told. Reasons are stable. */
export const TOKEN_REFUSALS = {
  missing: 'Send an access token of your company as "Authorization: Bearer …".',
  too_large: 'The access token is larger than 8 KB.',
  malformed: 'The access token is not a signed JWT in compact form.',
  forbidden_header: 'The access token carries a header parameter that is not accepted here.',
  algorithm_not_allowed:
    'The access token is signed with an algorithm that its issuer is not allowed.',
  not_an_access_token: 'This is not an access token in the form its issuer is registered with.',
  unknown_issuer: 'The access token comes from an issuer that is not trusted here.',
  wrong_audience: 'The access token was issued for another resource.',
  unknown_key: 'The access token is signed with a key that its issuer does not publish.',
  bad_signature: 'The signature of the access token does not hold.',
  invalid_claims: 'A claim of the access token is missing or has the wrong form.',
  expired: 'The access token has expired. Get a new one from its issuer.',
  not_yet_valid: 'The access token is not valid yet.',
} as const;

/** One of the keys of {@link TOKEN_REFUSALS}. */
export type TokenRefusalReason = keyof typeof TOKEN_REFUSALS;

/** A token that was not accepted: always 401, never anonymous (invariant I9). */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal';

  constructor(
    readonly reason: TokenRefusalReason,
    options?: { cause?: unknown },
  ) {
    super(TOKEN_REFUSALS[reason], options);
  }

  /** The `WWW-Authenticate` field of RFC 6750 §3 with RFC 9728's pointer to our metadata. */
  challenge(resourceMetadataUrl: string): string {
    const metadata = `resource_metadata="${resourceMetadataUrl}"`;
    // RFC 6750 §3.1: a request without any credentials gets no error code.
    if (this.reason === 'missing') return `Bearer ${metadata}`;
    const description = this.message.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, '');
    return `Bearer error="invalid_token", error_description="${description}", ${metadata}`;
  }
}

/** The issuer's keys cannot be had, so nothing can be said about its tokens: 503, not 401. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';

  constructor(options?: { cause?: unknown }) {
    super('The keys of the token’s issuer cannot be fetched now. Try again in a minute.', options);
  }
}
