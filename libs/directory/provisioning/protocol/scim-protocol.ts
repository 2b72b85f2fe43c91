import { BodyError, statusOf, type Protocol } from '#libs/platform/http';
import type { DomainError } from '#libs/platform/kernel';
import { MAX_BODY_BYTES } from '#libs/platform/listen';
import { ScimError, type ScimType } from '../errors.js';

/** Where SCIM is spoken. */
export const SCIM_PREFIX = '/scim/v2';

/** SCIM's own media type (RFC 7644 §8.1). */
export const SCIM_MEDIA_TYPE = 'application/scim+json';

/** How large a group may be with its members, in bytes: 20,000 of them with all their parts. */
export const MAX_GROUP_BYTES = 8 * MAX_BODY_BYTES;
const WRITES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);
const GROUPS = new RegExp(`^${SCIM_PREFIX}/Groups(?:/[^/.]+)?$`);

const ERROR_URN = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** An error in SCIM's form (RFC 7644 §3.12): the status is a string. */
export interface ScimErrorBody {
  schemas: [typeof ERROR_URN];
  status: string;
  scimType?: ScimType;
  detail: string;
}

const defaultType = (error: DomainError): ScimType | null => {
  const { code } = error;
  if (code === 'invalid_input')
    return error instanceof BodyError ? 'invalidSyntax' : 'invalidValue';
  return code === 'conflict' ? 'uniqueness' : null;
};

/** How SCIM puts an error of ours. */
export const scimErrorOf = (error: DomainError): { status: number; body: ScimErrorBody } => {
  const rejection = error instanceof ScimError ? error : null;
  const status = rejection?.status ?? statusOf(error.code);
  const scimType = rejection === null ? defaultType(error) : rejection.scimType;
  return {
    status,
    body: {
      schemas: [ERROR_URN],
      status: String(status),
      ...(scimType === null ? {} : { scimType }),
      detail: error.message,
    },
  };
};

const headersOf = (error: DomainError): Record<string, string> => ({
  'Content-Type': SCIM_MEDIA_TYPE,
  ...(error.code === 'unauthenticated' ? { 'WWW-Authenticate': 'Bearer realm="scim"' } : {}),
  ...(error instanceof ScimError ? error.headers : {}),
});

/** SCIM 2.0 at its address: JSON under either media type, errors of RFC 7644 §3.12. */
export const scimProtocol: Protocol = {
  prefix: SCIM_PREFIX,
  body: 'json',
  mediaTypes: [SCIM_MEDIA_TYPE, 'application/json'],
  largeBody: (method, path) =>
    WRITES.has(method) && GROUPS.test(path) ? MAX_GROUP_BYTES : undefined,
  redirectsTrailingSlash: true,
  answer: (_thrown, error) => {
    const { status, body } = scimErrorOf(error);
    const isEmpty = status === 304;
    return { status, headers: headersOf(error), body: isEmpty ? '' : JSON.stringify(body) };
  },
};
