import { ALL_TOOLS, DPOP_ALGORITHMS, SIGNATURE_ALGORITHMS } from '#libs/trust/token-verification';
import type { z } from 'zod';
import { GRANTS } from '../grants/token-request.js';
import type { serverMetadataSchema } from './oauth.schemas.js';

/** The token endpoint's address. */
export const tokenEndpoint = (publicUrl: string): string => `${publicUrl}/oauth/token`;

const keysAddress = (publicUrl: string): string => `${publicUrl}/oauth/jwks`;

/** What the token endpoint can do (RFC 8414 §2). There is no authorization endpoint: people sign in at their IdP. */
export const serverMetadata = (publicUrl: string): z.infer<typeof serverMetadataSchema> => ({
  issuer: publicUrl,
  token_endpoint: tokenEndpoint(publicUrl),
  jwks_uri: keysAddress(publicUrl),
  response_types_supported: [],
  grant_types_supported: Object.keys(GRANTS),
  authorization_grant_profiles_supported: ['urn:ietf:params:oauth:grant-profile:id-jag'],
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: [...SIGNATURE_ALGORITHMS],
  dpop_signing_alg_values_supported: [...DPOP_ALGORITHMS],
  scopes_supported: [ALL_TOOLS],
});
