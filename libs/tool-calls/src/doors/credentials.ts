import type { Credentials } from '../exchange.js';
import type { HttpRequest } from './http.js';

// RFC 6750 §2.1; the other two ways of that standard, in a form and in the query, are not taken.
const BEARER = /^bearer +([^\s,]+) *$/i;

/** Takes the bearer token out of the request; a header in another form counts as none. */
export const credentialsOf = (request: HttpRequest): Credentials => ({
  source: request.source,
  bearer: BEARER.exec(request.headers.authorization ?? '')?.[1] ?? null,
});
