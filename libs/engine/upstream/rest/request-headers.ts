/** A name as HTTP allows it (RFC 9110). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/;

/** OpenAPI itself says that parameters of these names are to be ignored. */
const DESCRIBED_ELSEWHERE = new Set(['accept', 'content-type', 'authorization']);

/**
 * Headers that decide where a request ends, where it goes, who sends it and in which form it is answered:
 * no argument of a tool sets one.
 */
const OURS = new Set([
  'accept-charset',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-location',
  'cookie',
  'cookie2',
  'date',
  'dpop',
  'expect',
  'forwarded',
  'host',
  'http2-settings',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'signature',
  'signature-input',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'via',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
  'x-original-url',
  'x-real-ip',
  'x-rewrite-url',
]);
const OUR_PREFIXES = ['proxy-', 'sec-', 'gatehouse-', 'x-forwarded-', 'access-control-'];

/** Whether a header is described elsewhere in the document, and as a parameter to be ignored. */
export const isDescribedElsewhere = (name: string): boolean =>
  DESCRIBED_ELSEWHERE.has(name.toLowerCase());

/** Whether a tool's argument may set the header. */
export const canSetHeader = (name: string): boolean => {
  const lower = name.toLowerCase();
  return (
    isToken(name) &&
    !isDescribedElsewhere(name) &&
    !OURS.has(lower) &&
    !OUR_PREFIXES.some((prefix) => lower.startsWith(prefix))
  );
};

/** Whether it can name a header or a cookie. */
export const isToken = (name: string): boolean => TOKEN.test(name);
