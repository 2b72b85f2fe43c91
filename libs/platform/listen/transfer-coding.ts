import type { RequestListener } from 'node:http';

const BODY = JSON.stringify({
  type: 'urn:gatehouse:problem:invalid_request',
  title: 'Bad Request',
  status: 400,
  code: 'invalid_request',
  detail:
    'Send the body with Content-Length, or with Transfer-Encoding: chunked and no other coding.',
});

/**
 * Passes on only requests whose body ends in the same place for everyone: Node's parser also takes other
 * codings before `chunked`, and `chunked` from an HTTP/1.0 client, and a proxy in front may not (invariant
 * G12).
 */
export const withPlainTransfer =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    const coding = request.headers['transfer-encoding'];
    const isPlain = coding?.toLowerCase() === 'chunked' && request.httpVersion === '1.1';
    if (coding === undefined || isPlain) return listener(request, response);
    // Where this request ends is in doubt, so nothing after it is read.
    response.writeHead(400, {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      connection: 'close',
      'content-length': Buffer.byteLength(BODY),
    });
    response.end(BODY);
  };
