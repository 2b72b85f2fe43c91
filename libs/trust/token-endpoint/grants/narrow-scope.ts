import { ALL_TOOLS, isToolScope } from '#libs/trust/token-verification';
import { OAuthError } from '../endpoint/oauth-error.js';
import type { TokenRequest } from './token-request.js';

const MAX_MESSAGES = 50;

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
  if (words.length > MAX_MESSAGES || !words.every(isToolScope))
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
