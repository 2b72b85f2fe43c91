import { errors } from 'undici';

const BY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The tool server rejected the connection; is it running?',
  ECONNRESET: 'The tool server closed the connection before it answered.',
  UND_ERR_SOCKET: 'The tool server closed the connection before it answered.',
  EPIPE: 'The tool server closed the connection before it answered.',
  EHOSTUNREACH: 'The tool server cannot be reached from here.',
  ENETUNREACH: 'The tool server cannot be reached from here.',
  ETIMEDOUT: 'The tool server could not be reached in time.',
  UND_ERR_CONNECT_TIMEOUT: 'The tool server could not be reached in time.',
  UND_ERR_HEADERS_OVERFLOW: "The tool server's answer has headers that are too large.",
};

/** A sentence for a socket's or parser's error; never its own text, which may hold internal addresses. */
export const describeFailure = (error: unknown): string => {
  const code = codeOf(error);
  if (/^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_OSSL)/.test(code))
    return "The tool server's TLS certificate or handshake was not acceptable.";
  if (error instanceof errors.HTTPParserError) return "The tool server's answer is not HTTP.";
  return BY_CODE[code] ?? 'The exchange with the tool server failed.';
};

const codeOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Happy Eyeballs reports one error per address it tried.
  return error instanceof AggregateError ? codeOf(error.errors[0]) : '';
};
