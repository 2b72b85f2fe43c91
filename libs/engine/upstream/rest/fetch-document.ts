import type { Json } from '#libs/platform/kernel';

import { readText } from '../outbound/answer-reader.js';
import type { Outbound } from '../outbound/outbound.js';
import { parseUpstreamJson } from '../parse-json.js';
import { UpstreamError } from '../errors.js';

const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024;

/**
 * Gets a JSON document from a checked address: an OpenAPI description, or with `maxBytes` what is smaller.
 * Size and depth are checked before it is parsed (invariant P13). @throws UpstreamError
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
    ({ status }) => {
      if (status !== 200)
        throw new UpstreamError(
          'upstream_failed',
          `The document's address answered with HTTP ${String(status)}.`,
          'none',
        );
      return readText((text) => ({ document: parseUpstreamJson(text) }));
    },
  );
  return document;
};
