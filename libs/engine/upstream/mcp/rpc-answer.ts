import type { ExactJson } from '#libs/platform/kernel';

import {
  type AnswerHead,
  type AnswerReader,
  type ExchangeControl,
  isInUtf8,
  mediaTypeOf,
  notUtf8,
  readText,
} from '../outbound/answer-reader.js';
import { parseUpstreamJson } from '../parse-json.js';
import { UpstreamError } from '../errors.js';
import {
  notificationOf,
  outcomeFor,
  outcomeOf,
  peerRequestOf,
  plain,
  type RpcId,
  type RpcListener,
  type RpcOutcome,
  type RpcPeerRequest,
} from './json-rpc.js';
import { SseParser } from './sse-parser.js';

/** What came back for one POST: the HTTP head, and the outcome if there was one for our id. */
export interface RpcAnswer {
  head: AnswerHead;
  outcome: RpcOutcome | undefined;
}

/** What the tool server says and asks on the stream of an answer, before it answers. */
export interface PeerMessages extends Pick<RpcListener, 'onNotification'> {
  onPeerRequest?: ((request: RpcPeerRequest) => void) | undefined;
}

const MAX_PEER_REQUESTS = 100;
const PROGRESS = 'notifications/progress';

/**
 * Reads the answer to the request `id` in either form of streamable HTTP: one JSON message (or a
 * batch), or a stream of events among which the answer is matched by its id.
 */
export const readRpcAnswer =
  (id: RpcId, maxEventChars: number, peer: PeerMessages) =>
  (head: AnswerHead, control: ExchangeControl): AnswerReader<RpcAnswer> => {
    // A rejection may name no id (JSON-RPC 2.0, section 5), and may be no JSON at all.
    if (head.status >= 400) return readText(head, (text) => ({ head, outcome: errorIn(text) }));
    const take = matchAnswer(id, peer, control);
    const type = mediaTypeOf(head);
    if (type === 'application/json')
      return readText(head, (text) => {
        if (text === null) throw notUtf8();
        const body = parseUpstreamJson(text);
        const outcome =
          (Array.isArray(body) ? firstOf(body, take) : take(body)) ?? anonymousError(body);
        if (outcome === undefined) throw noAnswer();
        return { head, outcome };
      });
    if (type === 'text/event-stream' && !isInUtf8(head)) throw notUtf8();
    if (type === 'text/event-stream') return readEvents(head, new SseParser(maxEventChars), take);
    throw new UpstreamError(
      'upstream_failed',
      'The tool server answered neither with JSON nor with an event stream; is the address its MCP endpoint?',
      'unknown',
    );
  };

const readEvents = (
  head: AnswerHead,
  parser: SseParser,
  take: (message: ExactJson) => RpcOutcome | undefined,
): AnswerReader<RpcAnswer> => ({
  data: (chunk) => {
    const messages = parser
      .push(chunk)
      .filter(({ event, data }) => event === 'message' && data !== '')
      .map(({ data }) => parseUpstreamJson(data));
    const outcome = firstOf(messages, take);
    return outcome === undefined ? undefined : { head, outcome };
  },
  end: () => {
    throw noAnswer();
  },
});

const matchAnswer = (
  id: RpcId,
  { onNotification, onPeerRequest }: PeerMessages,
  control: ExchangeControl,
) => {
  let peerRequests = 0;
  const notify = (message: ExactJson): void => {
    const notification = notificationOf(message);
    if (notification === undefined) return;
    const isProgress = notification.method === PROGRESS;
    // Of another request, or of none: it says nothing about this one, nor to its caller.
    if (isProgress && plain(notification.params['progressToken']) !== id) return;
    if (isProgress) control.extend();
    const room = onNotification?.(notification);
    if (room !== undefined) control.waitFor(room);
  };
  return (message: ExactJson): RpcOutcome | undefined => {
    const request = peerRequestOf(message);
    if (request === undefined) {
      const outcome = outcomeFor(message, id);
      if (outcome === undefined) notify(message);
      return outcome;
    }
    peerRequests += 1;
    if (peerRequests > MAX_PEER_REQUESTS)
      throw new UpstreamError(
        'upstream_failed',
        'The tool server asked too many questions instead of answering.',
        'unknown',
      );
    onPeerRequest?.(request);
    return undefined;
  };
};

const firstOf = <T>(
  items: readonly ExactJson[],
  take: (item: ExactJson) => T | undefined,
): T | undefined => {
  for (const item of items) {
    const taken = take(item);
    if (taken !== undefined) return taken;
  }
  return undefined;
};

const anonymousError = (body: ExactJson): RpcOutcome | undefined => {
  const outcome = outcomeFor(body, null);
  return outcome !== undefined && 'error' in outcome ? outcome : undefined;
};

const errorIn = (text: string | null): RpcOutcome | undefined => {
  if (text === null) return undefined;
  try {
    const outcome = outcomeOf(parseUpstreamJson(text));
    return outcome !== undefined && 'error' in outcome ? outcome : undefined;
  } catch {
    return undefined; // an error page: the status says enough
  }
};

const noAnswer = (): UpstreamError =>
  new UpstreamError(
    'upstream_failed',
    'The tool server ended its answer without answering this call; whether the tool ran is unknown.',
    'unknown',
  );
