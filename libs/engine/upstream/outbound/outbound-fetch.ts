import { assertShallow } from '../parse-json.js';
import { isInUtf8, notUtf8, type AnswerHead, type AnswerReader } from './answer-reader.js';
import type { Outbound } from './outbound.js';

// What identity providers and transmitters send is small, and is parsed on the event loop (invariant P13).
const MAX_ANSWER_BYTES = 256 * 1024;
const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/** What {@link outboundFetch} takes of a request; libraries hand it more, which does not matter here. */
export interface OutboundFetchInit {
  method?: string | undefined;
  headers?: ConstructorParameters<typeof Headers>[0];
  body?: unknown;
  signal?: AbortSignal | null | undefined;
}

/** Speaks HTTP like `fetch`, for libraries that let one be put in; see {@link outboundFetch}. */
export type OutboundFetch = (url: string, init?: OutboundFetchInit) => Promise<Response>;

/**
 * A `fetch` that goes out by checked connections alone (invariant G4): no redirect is followed, time,
 * size and depth are bounded. Rejects with an UpstreamError, or a DomainError for an address that is none.
 */
export const outboundFetch =
  (outbound: Outbound, { timeoutMs }: { timeoutMs: number }): OutboundFetch =>
  async (url, init = {}) => {
    const { head, bytes } = await outbound.send(
      {
        url: outbound.assertUrl(url),
        method: init.method ?? 'GET',
        headers: { 'user-agent': 'gatehouse', ...Object.fromEntries(new Headers(init.headers)) },
        body: textOf(init.body),
        timeoutMs,
        maxAnswerBytes: MAX_ANSWER_BYTES,
        signal: init.signal ?? undefined,
      },
      readAll,
    );
    const headers = Object.entries(head.headers).flatMap(([name, value]): [string, string][] =>
      [value ?? []].flat().map((one) => [name, one]),
    );
    const { status } = head;
    return new Response(NO_BODY.has(status) ? null : bytes, { status, headers });
  };

const readAll = (
  head: AnswerHead,
): AnswerReader<{ head: AnswerHead; bytes: Buffer<ArrayBuffer> }> => {
  const chunks: Buffer[] = [];
  return {
    data: (chunk) => {
      chunks.push(chunk);
      return undefined;
    },
    end: () => {
      const bytes = Buffer.concat(chunks);
      // The libraries that read this take it for UTF-8, whatever it says.
      if (head.status < 400 && !isInUtf8(head)) throw notUtf8();
      assertShallow(bytes.toString('utf8'));
      return { head, bytes };
    },
  };
};

const textOf = (body: unknown): string | undefined => {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('only text and forms can be sent');
};
