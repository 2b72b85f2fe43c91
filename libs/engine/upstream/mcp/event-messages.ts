import type { ExactJson } from '#libs/platform/kernel';

import {
  type AnswerHead,
  type AnswerReader,
  isInUtf8,
  mediaTypeOf,
  notUtf8,
  readText,
} from '../outbound/answer-reader.js';
import { parseUpstreamJson } from '../parse-json.js';
import { SseParser } from './sse-parser.js';

/** How a stream that a session asked for ended. */
export interface StreamEnd {
  readonly status: number;
  readonly isStream: boolean;
}

/** Reads a stream of messages until it ends; an answer that is no stream is only a status. */
export const readMessages =
  (maxEventChars: number, take: (message: ExactJson) => void) =>
  (head: AnswerHead): AnswerReader<StreamEnd> => {
    const isStream = head.status === 200 && mediaTypeOf(head) === 'text/event-stream';
    const end = { status: head.status, isStream };
    if (!isStream) return readText(head, () => end);
    if (!isInUtf8(head)) throw notUtf8();
    const parser = new SseParser(maxEventChars);
    return {
      data: (chunk) => {
        for (const { event, data } of parser.push(chunk))
          if (event === 'message' && data !== '') take(parseUpstreamJson(data));
        return undefined;
      },
      end: () => end,
    };
  };
