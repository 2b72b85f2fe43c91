import { DomainError, type DomainErrorCode } from '#libs/platform/kernel';

// RFC 6749 §5.2, RFC 8707 §2, RFC 9449 §5; each with the code that the ledger knows it by.
const OAUTH_ERRORS = {
  invalid_request: 'invalid_input',
  invalid_client: 'unauthenticated',
  invalid_grant: 'forbidden',
  unauthorized_client: 'forbidden',
  unsupported_grant_type: 'invalid_input',
  invalid_scope: 'forbidden',
  invalid_target: 'invalid_input',
  invalid_dpop_proof: 'unauthenticated',
} as const satisfies Record<string, DomainErrorCode>;

/** An error code of the token endpoint. */
export type OAuthErrorCode = keyof typeof OAUTH_ERRORS;

/** A rejection of the token endpoint, with the code that its standard has for it. */
export class OAuthError extends DomainError {
  /** The `WWW-Authenticate` field, for a client that sent an `Authorization` field. */
  readonly challenge: string | null;

  constructor(
    readonly oauthCode: OAuthErrorCode,
    message: string,
    { challenge = null, ...options }: { cause?: unknown; challenge?: string | null } = {},
  ) {
    super(OAUTH_ERRORS[oauthCode], message, options);
    this.challenge = challenge;
  }
}
