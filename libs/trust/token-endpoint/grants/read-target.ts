import { OAuthError } from '../endpoint/oauth-error.js';
import { ACCESS_TOKEN_TYPE } from './access-tokens.js';
import type { TokenDeps } from './token-deps.js';
import type { TokenRequest } from './token-request.js';

/**
 * What the token is for: only ever for us (RFC 8707, RFC 8693 §2.1).
 * @throws OAuthError `invalid_target` or `invalid_request`
 */
export const readTarget = ({ form }: TokenRequest, { config }: TokenDeps): void => {
  const { publicUrl, gateway } = config;
  const isOurs = (target: string | undefined): boolean =>
    target === undefined || target === gateway.audience || isGatewayAddress(target, publicUrl);
  if (!isOurs(form.audience) || !isOurs(form.resource))
    throw new OAuthError(
      'invalid_target',
      `Tokens are issued for ${gateway.audience} only: leave audience and resource out, or name it.`,
    );
  const type = form.requested_token_type;
  if (type !== undefined && type !== ACCESS_TOKEN_TYPE)
    throw new OAuthError(
      'invalid_request',
      `Only tokens of the type ${ACCESS_TOKEN_TYPE} are issued.`,
    );
};

// MCP clients name the very address that they speak to.
const isGatewayAddress = (target: string, publicUrl: string): boolean =>
  target === publicUrl ||
  target === `${publicUrl}/` ||
  (target.startsWith(`${publicUrl}/mcp`) &&
    /^(?:\/[a-z0-9-]{1,24})?$/.test(target.slice(`${publicUrl}/mcp`.length)));
