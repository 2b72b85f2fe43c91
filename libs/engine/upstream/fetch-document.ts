import { isUtf8 } from 'node:buffer';

import { markNumbers, type Json } from '#libs/platform/kernel';

import { isInUtf8, notUtf8, readBytes } from './outbound/answer-reader.js';
import type { Outbound } from './outbound/outbound.js';
import { parseUpstreamJson } from './parse-json.js';
import { UpstreamError } from './errors.js';

/** How large an OpenAPI document may be. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** What is fetched, and what bounds it. */
export interface DocumentRequest {
  url: string;
  timeoutMs: number;
  signal?: AbortSignal;
  maxBytes: number;
}

/**
 * Gets a small JSON document from a checked address. Size and depth are checked before it is parsed
 * (invariant P13); numbers that a double does not keep are marked. @throws UpstreamError
 */
export const fetchDocument = async (outbound: Outbound, request: DocumentRequest): Promise<Json> =>
  marked(Buffer.from(await fetchDocumentBytes(outbound, request)));

/** Gets a document from a checked address as it is, bounded. @throws UpstreamError */
export const fetchDocumentBytes = async (
  outbound: Outbound,
  { url, timeoutMs, signal, maxBytes }: DocumentRequest,
): Promise<Uint8Array> => {
  const { bytes } = await outbound.send(
    {
      url: outbound.assertUrl(url),
      method: 'GET',
      headers: { accept: 'application/json, */*;q=0.5', 'user-agent': 'gatehouse' },
      timeoutMs,
      maxAnswerBytes: maxBytes,
      signal,
    },
    (head) => {
      if (head.status !== 200)
        throw new UpstreamError(
          'upstream_failed',
          `The document's address answered with HTTP ${String(head.status)}.`,
          'none',
        );
      if (!isInUtf8(head)) throw notUtf8();
      return readBytes((read) => ({ bytes: new Uint8Array(read) }));
    },
  );
  return bytes;
};

const marked = (bytes: Buffer): Json => {
  if (!isUtf8(bytes)) throw notUtf8();
  const document = parseUpstreamJson(bytes.toString('utf8'));
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
