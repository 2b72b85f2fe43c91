import type { JsonObject } from '#libs/platform/kernel';
import { MAX_BODY_BYTES } from '#libs/platform/listen';
import { CURSOR_TTL_SECONDS } from '../resource/cursor.js';
import { DEFAULT_PAGE, MAX_PAGE } from '../resource/paging.js';
import { SCIM_PREFIX } from '../protocol/scim-protocol.js';

/** How many operations a bulk request may have: they are one transaction. */
export const MAX_BULK_OPERATIONS = 200;

/** What this server can do (RFC 7643 §5, RFC 9865 §4). */
export const serviceProviderConfig = (publicUrl: string): JsonObject => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  bulk: {
    supported: true,
    maxOperations: MAX_BULK_OPERATIONS,
    maxPayloadSize: MAX_BODY_BYTES,
  },
  filter: { supported: true, maxResults: MAX_PAGE },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  pagination: {
    cursor: true,
    index: true,
    defaultPaginationMethod: 'index',
    defaultPageSize: DEFAULT_PAGE,
    maxPageSize: MAX_PAGE,
    cursorTimeout: CURSOR_TTL_SECONDS,
  },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description:
        'A token of this connection, made in the console and sent as Authorization: Bearer.',
      specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
      primary: true,
    },
  ],
  meta: {
    resourceType: 'ServiceProviderConfig',
    location: `${publicUrl}${SCIM_PREFIX}/ServiceProviderConfig`,
  },
});
