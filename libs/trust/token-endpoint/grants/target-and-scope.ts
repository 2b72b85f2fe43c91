import { ALL_TOOLS, isToolScope } from '#libs/trust/token-verification';
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

const MAX_WORDS = 50;

/**
 * What the token may reach: what is asked for, if everything that was shown reaches it too. A scope only
 * shrinks.
 * @throws OAuthError `invalid_scope`
 */
export const narrowScope = (request: TokenRequest): void => {
  const limits = request.bounds.flatMap(({ scopes }) => (scopes === null ? [] : [scopes]));
  const asked = request.form.scope?.split(' ').filter((word) => word !== '');
  const words = asked === undefined ? common(limits) : [...new Set(asked)];
  if (words.length === 0) throw invalidScope('Nothing is left of what the tokens shown may reach.');
  if (words.length > MAX_WORDS || !words.every(isToolScope))
    throw invalidScope('A scope is `tools`, or `tools:` and the slug of a tool server.');
  if (!words.every((word) => limits.every((limit) => reaches(limit, word))))
    throw invalidScope('The scope asked for is wider than what the tokens shown may reach.');
  request.scope = words.join(' ');
};

const reaches = (limit: readonly string[], word: string): boolean =>
  limit.includes(ALL_TOOLS) || limit.includes(word);

// Everything that each of the limits reaches.
const common = (limits: readonly (readonly string[])[]): string[] => {
  const named = [...new Set([ALL_TOOLS, ...limits.flat()])];
  const reached = named.filter((word) => limits.every((limit) => reaches(limit, word)));
  return reached.includes(ALL_TOOLS) ? [ALL_TOOLS] : reached;
};

const invalidScope = (message: string): OAuthError => new OAuthError('invalid_scope', message);
