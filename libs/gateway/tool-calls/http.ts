import type { IncomingHttpHeaders } from 'node:http';

/** Names the call that an answer is about, as the ledger does. */
export const CALL_ID_HEADER = 'gatehouse-call-id';

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
  /** Aborted when the caller's connection goes before its answer is complete. */
  readonly closed: AbortSignal;
  /** Aborted when the process stops: streams that wait for nothing in particular end then. */
  readonly stopping: AbortSignal;
  /** Reads the whole body, at most 1 MB. */
  readBody(): Promise<Uint8Array>;
  /**
   * Begins to answer with events, once: a second call gives the same stream, whose headers are the first's.
   * The reply that the route returns is then sent as the last event, unless the stream has ended by itself.
   */
  openStream(headers?: Readonly<Record<string, string>>): EventStream;
}

/** An answer as server-sent events. Comments keep the connection alive while nothing is sent. */
export interface EventStream {
  /**
   * Sends one event, whose data is one line (a JSON text, or nothing), and settles when there is room for more
   * or nobody is there. Who does not wait for that has the stream cut when too much waits for a slow reader.
   */
  send(data: string, eventId?: string): Promise<void>;
  /** Aborted when the caller's connection goes, or is cut, before the end. */
  readonly closed: AbortSignal;
  end(): void;
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
