import { Agent } from 'undici';

import { addressRules } from './address-rules.js';
import type { AnswerHead, AnswerReader, ExchangeControl } from './answer-reader.js';
import { checkedConnector, type Resolve, systemResolve } from './checked-connector.js';
import { Exchange, type ExchangeLimits } from './exchange.js';
import { checkParts, checkUrl } from './outbound-url.js';

/** How large an answer may be where its request says nothing else. */
export const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** Sockets per origin for answers that may never end. */
const MAX_OPEN_ENDED = 1024;

/** Where Gatehouse may connect to, and how long it tries. */
export interface OutboundOptions {
  /** CIDRs (OUTBOUND_ALLOW) that open private and loopback networks; metadata addresses stay shut. */
  allow: readonly string[];
  connectTimeoutMs?: number;
  /** Sockets per origin; what comes on top waits. */
  connectionsPerOrigin?: number;
  resolve?: Resolve;
}

/** One request; `onSent` is called right before its first byte leaves. */
export interface OutboundRequest extends Omit<ExchangeLimits, 'maxAnswerBytes'> {
  url: URL;
  method: string;
  /** The path and query to send if they must not be taken from `url`. */
  path?: string;
  headers: Readonly<Record<string, string>>;
  body?: string | Buffer | undefined;
  maxAnswerBytes?: number | undefined;
  /** Its answer may never end: it takes no connection from requests that are answered. */
  isOpenEnded?: boolean;
}

/** The one way out for tool traffic: keep-alive connections to checked addresses only. */
export interface Outbound {
  /** {@link assertOutboundUrl} under this installation's OUTBOUND_ALLOW. */
  assertUrl(url: string): URL;
  /** Sends a request and reads its answer; rejects with an UpstreamError. */
  send<T extends object>(
    request: OutboundRequest,
    read: (head: AnswerHead, control: ExchangeControl) => AnswerReader<T>,
  ): Promise<T>;
  close(): Promise<void>;
}

/**
 * Makes the way out (invariant G4): every name is resolved, every address checked, and the connection
 * pinned to what was checked; redirects are errors.
 * @throws DomainError `invalid_input` if `allow` holds something that is not a CIDR
 */
export const createOutbound = (options: OutboundOptions): Outbound => {
  const canConnect = addressRules(options.allow);
  const agentWith = (connections: number): Agent =>
    new Agent({
      allowH2: false,
      connections,
      // One deadline covers a whole exchange, so undici's own clocks are off.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: checkedConnector({
        canConnect,
        resolve: options.resolve ?? systemResolve,
        connectTimeoutMs: options.connectTimeoutMs ?? 5000,
      }),
    });
  const answered = agentWith(options.connectionsPerOrigin ?? 256);
  const openEnded = agentWith(MAX_OPEN_ENDED);
  return {
    assertUrl: (url) => checkUrl(url, canConnect),
    send: (request, read) => {
      const { url, method, headers, body } = request;
      const exchange = new Exchange(read, {
        ...request,
        maxAnswerBytes: request.maxAnswerBytes ?? MAX_ANSWER_BYTES,
      });
      try {
        checkParts(url);
        const path = request.path ?? `${url.pathname}${url.search}`;
        const agent = request.isOpenEnded === true ? openEnded : answered;
        agent.dispatch({ origin: url.origin, path, method, headers, body: body ?? null }, exchange);
      } catch (error) {
        exchange.reject(error);
      }
      return exchange.answer;
    },
    close: async () => {
      await Promise.all([answered.destroy(), openEnded.destroy()]);
    },
  };
};
