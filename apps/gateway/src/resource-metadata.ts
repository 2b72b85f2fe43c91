import { DPOP_ALGORITHMS, isInteractive } from '#libs/trust/token-verification';
import { jsonReply, type HttpReply, type HttpRequest } from '#libs/gateway/tool-calls';
import type { GatewayDeps } from './gateway-deps.js';

/** Where RFC 9728 metadata begins; a resource's own path follows. */
export const METADATA_PATH = '/.well-known/oauth-protected-resource';

type Handle = (request: HttpRequest, deps: GatewayDeps) => Promise<HttpReply>;

/**
 * RFC 9728: at which of the company's issuers people sign in for this resource. It names exactly the
 * resource that was asked about, which clients compare with where they wanted to go (§3.3); whether a
 * tool server exists is nobody's business here.
 */
export const getResourceMetadata =
  (resourcePath: '' | '/mcp' | '/mcp/{server}'): Handle =>
  async ({ param }, { snapshots, publicUrl }) => {
    const { issuers } = await snapshots.atLeast(0n);
    return jsonReply(200, {
      resource: `${publicUrl}${resourcePath.replace('{server}', param ?? '')}`,
      authorization_servers: [...issuers.values()]
        .filter(({ profile }) => isInteractive(profile))
        .map(({ url }) => url),
      bearer_methods_supported: ['header'],
      dpop_signing_alg_values_supported: DPOP_ALGORITHMS,
      resource_name: 'Gatehouse',
    });
  };

const OWN_RESOURCE = /^\/mcp(?:\/[a-z0-9-]{1,64})?$/;

/** The URL of the metadata of a request's address: its own, or else that of the whole origin. */
export const resourceMetadataUrl =
  (publicUrl: string) =>
  (address: string): string => {
    const path = URL.canParse(address, publicUrl) ? new URL(address, publicUrl).pathname : '';
    return `${publicUrl}${METADATA_PATH}${OWN_RESOURCE.test(path) ? path : ''}`;
  };
