import { markNumbers, type Json } from '#libs/platform/kernel';

import { notUtf8, readText } from './outbound/answer-reader.js';
import type { Outbound } from './outbound/outbound.js';
import { parseUpstreamJson } from './parse-json.js';
import { UpstreamError } from './errors.js';

const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;

/**
 * Gets a JSON document from a checked address: an OpenAPI description, or with `maxBytes` what is smaller.
 * Size and depth are checked before it is parsed (invariant P13); numbers that a double does not keep are
 * marked. @throws UpstreamError
 */
export const fetchDocument = async (
  outbound: Outbound,
  options: { url: string; timeoutMs: number; signal?: AbortSignal; maxBytes?: number },
): Promise<Json> => {
  const { document } = await outbound.send(
    {
      url: outbound.assertUrl(options.url),
      method: 'GET',
      headers: { accept: 'application/json', 'user-agent': 'gatehouse' },
      timeoutMs: options.timeoutMs,
      maxAnswerBytes: options.maxBytes ?? MAX_DOCUMENT_BYTES,
      signal: options.signal,
    },
    (head) => {
      if (head.status !== 200)
        throw new UpstreamError(
          'upstream_failed',
          `The document's address answered with HTTP ${String(head.status)}.`,
          'none',
        );
      return readText(head, (text) => ({ document: marked(text) }));
    },
  );
  return document;
};

const marked = (text: string | null): Json => {
  if (text === null) throw notUtf8();
  const document = parseUpstreamJson(text);
  try {
    return markNumbers(document);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UpstreamError(
      'upstream_failed',
      `The document cannot be stored: ${error.message}.`,
      'none',
    );
  }
};
