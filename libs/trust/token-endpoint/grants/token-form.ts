import { OAuthError } from '../errors.js';

const PARAMETERS = [
  'grant_type',
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'scope',
  'resource',
  'audience',
  'requested_token_type',
  'subject_token',
  'subject_token_type',
  'actor_token',
  'actor_token_type',
  'assertion',
] as const;

/** A parameter of the token endpoint that means something here; others are ignored (RFC 6749 §3.2). */
export type TokenParameter = (typeof PARAMETERS)[number];

/** What a token request asks for: each parameter at most once, and never empty. */
export type TokenForm = Readonly<Partial<Record<TokenParameter, string>>>;

const MAX_LENGTH = 16_384;

/** Reads the form in exactly one way. @throws OAuthError `invalid_request` */
export const readTokenForm = (body: unknown): TokenForm => {
  const fields = new Map(Object.entries(body ?? {}));
  const form: Partial<Record<TokenParameter, string>> = {};
  for (const [name, value] of fields)
    if (Array.isArray(value)) throw new OAuthError('invalid_request', `Send ${quoted(name)} once.`);
  for (const name of PARAMETERS) {
    const value: unknown = fields.get(name);
    // RFC 6749 §3.2: a parameter without a value is treated as left out.
    if (value === undefined || value === '') continue;
    if (typeof value !== 'string' || value.length > MAX_LENGTH || value.includes('\0'))
      throw new OAuthError('invalid_request', `The parameter ${name} cannot be read.`);
    form[name] = value;
  }
  return form;
};

const quoted = (name: string): string =>
  PARAMETERS.some((known) => known === name) ? name : 'every parameter';

/** A parameter that must be there. @throws OAuthError `invalid_request` */
export const required = (form: TokenForm, name: TokenParameter): string => {
  const value = form[name];
  if (value !== undefined) return value;
  throw new OAuthError('invalid_request', `The parameter ${name} is missing.`);
};
