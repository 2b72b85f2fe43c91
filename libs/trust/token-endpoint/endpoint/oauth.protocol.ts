import type { Protocol } from '#libs/platform/http';
import type { DomainError, DomainErrorCode } from '#libs/platform/kernel';
import { OAuthError } from '../errors.js';

// What is not the endpoint's own rejection: bodies that cannot be read, addresses that are not there, us.
const OTHERS: Record<DomainErrorCode, [status: number, error: string]> = {
  invalid_input: [400, 'invalid_request'],
  unauthenticated: [401, 'invalid_client'],
  forbidden: [403, 'access_denied'],
  not_found: [404, 'invalid_request'],
  method_not_allowed: [405, 'invalid_request'],
  conflict: [409, 'invalid_request'],
  precondition_failed: [412, 'invalid_request'],
  payload_too_large: [413, 'invalid_request'],
  unsupported_media_type: [415, 'invalid_request'],
  rate_limited: [429, 'temporarily_unavailable'],
  internal: [500, 'server_error'],
  upstream_failed: [502, 'temporarily_unavailable'],
  unavailable: [503, 'temporarily_unavailable'],
  upstream_timeout: [504, 'temporarily_unavailable'],
};

const describe = (thrown: unknown, { code }: DomainError): [status: number, error: string] => {
  if (!(thrown instanceof OAuthError)) return OTHERS[code];
  return [thrown.oauthCode === 'invalid_client' ? 401 : 400, thrown.oauthCode];
};

const challengeOf = (thrown: unknown): Record<string, string> =>
  thrown instanceof OAuthError && thrown.challenge !== null
    ? { 'WWW-Authenticate': thrown.challenge }
    : {};

// RFC 6749 §5.2: %x20-21, %x23-5B and %x5D-7E.
const descriptionOf = ({ message }: DomainError): string =>
  message.replaceAll(/["\\]/g, "'").replaceAll(/[^\x20-\x7e]/g, '');

/** The token endpoint and its keys: forms in, errors as RFC 6749 §5.2 has them. */
export const oauthProtocol: Protocol = {
  prefix: '/oauth',
  body: 'form',
  mediaTypes: ['application/x-www-form-urlencoded'],
  answer: (thrown, error) => {
    const [status, code] = describe(thrown, error);
    return {
      status,
      headers: {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-store',
        Pragma: 'no-cache',
        ...challengeOf(thrown),
      },
      body: JSON.stringify({ error: code, error_description: descriptionOf(error) }),
    };
  },
};
