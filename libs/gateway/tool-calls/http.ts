import type { IncomingHttpHeaders } from 'node:http';

/** An HTTP request as the adapters see it. */
export interface HttpRequest {
  readonly method: string;
  /** The whole address at the public origin, without the query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The peer's address: what failures before identity are counted under. */
  readonly source: string;
  /** The part of the path that the route left open, if it has one. */
  readonly param: string | null;
  readonly query: URLSearchParams;
  /** Reads the whole body, at most 1 MB. */
  readBody(): Promise<Uint8Array>;
}

/** An answer, complete. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** An answer in JSON, which no cache may keep (invariant G16). */
export const jsonReply = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpReply => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(value),
});
