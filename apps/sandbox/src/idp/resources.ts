import type { ProviderContext } from 'oidc-provider';
import { CONSOLE_CLIENT_ID, withoutSlash } from './clients.js';
import { errors } from './quiet-oidc-provider.js';

const TOKEN_TTL_SECONDS = 3600;
// The gateway's addresses that are resources of their own (RFC 9728): /mcp and one for each tool server.
const PATHS = /^(?:\/mcp(?:\/[a-z0-9-]{1,24})?)?$/;

/** JWT access tokens (RFC 9068) for the gateway, asked for by resource indicator (RFC 8707). */
export const resourceIndicators = (audience: string): Record<string, unknown> => {
  const origin = withoutSlash(audience);
  return {
    enabled: true,
    // A client that names no resource means the gateway, but for the console, which only asks who signs in.
    defaultResource: ({ oidc }: ProviderContext) =>
      oidc.client?.clientId === CONSOLE_CLIENT_ID ? undefined : origin,
    useGrantedResource: () => true,
    getResourceServerInfo: (_context: ProviderContext, resource: string) => {
      const wanted = withoutSlash(resource);
      if (!wanted.startsWith(origin) || !PATHS.test(wanted.slice(origin.length)))
        throw new errors.InvalidTarget(
          `this IdP knows ${origin}, ${origin}/mcp and what is under it`,
        );
      return {
        audience: wanted,
        scope: '',
        accessTokenTTL: TOKEN_TTL_SECONDS,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      };
    },
  };
};
