import type { Credentials } from '../tool-call-context.js';
import type { HttpRequest } from '../http.js';

// RFC 6750 §2.1 and RFC 9449 §7.1; the other two ways of the former, in a form and in the query, are
// not taken.
const AUTHORIZATION = /^(bearer|dpop) +([^\s,]+) *$/i;

/** Takes the access token out of the request; a header in another form counts as none. */
export const credentialsOf = (request: HttpRequest): Credentials => {
  const [, scheme, token] = AUTHORIZATION.exec(request.headers.authorization ?? '') ?? [];
  const { dpop } = request.headers;
  return {
    source: request.source,
    token: token ?? null,
    scheme: scheme?.toLowerCase() === 'dpop' ? 'dpop' : 'bearer',
    // Sent twice, it comes as one text that is no proof.
    dpopProof: typeof dpop === 'string' ? dpop : null,
    method: request.method,
    url: request.url,
  };
};
