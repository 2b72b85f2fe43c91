import { ALL_TOOLS, isToolScope } from '#libs/trust/token-verification';
import { OAuthError } from '../errors.js';
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
 * The scope of the token: what is requested, if the scope of every presented token covers it. A scope only
 * gets narrower.
 * @throws OAuthError `invalid_scope`
 */
export const narrowScope = (request: TokenRequest): void => {
  const limits = request.bounds.flatMap(({ scopes }) => (scopes === null ? [] : [scopes]));
  const requested = request.form.scope?.split(' ').filter((word) => word !== '');
  const words = requested === undefined ? common(limits) : [...new Set(requested)];
  if (words.length === 0) throw invalidScope('The presented tokens have no scope in common.');
  if (words.length > MAX_WORDS || !words.every(isToolScope))
    throw invalidScope('A scope is `tools`, or `tools:` and the slug of a tool server.');
  if (!words.every((word) => limits.every((limit) => covers(limit, word))))
    throw invalidScope('The requested scope is wider than that of the presented tokens.');
  request.scope = words.join(' ');
};

const covers = (limit: readonly string[], word: string): boolean =>
  limit.includes(ALL_TOOLS) || limit.includes(word);

// Everything that each of the limits covers.
const common = (limits: readonly (readonly string[])[]): string[] => {
  const named = [...new Set([ALL_TOOLS, ...limits.flat()])];
  const covered = named.filter((word) => limits.every((limit) => covers(limit, word)));
  return covered.includes(ALL_TOOLS) ? [ALL_TOOLS] : covered;
};

const invalidScope = (message: string): OAuthError => new OAuthError('invalid_scope', message);
