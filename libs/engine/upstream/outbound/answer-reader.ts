import { isUtf8 } from 'node:buffer';

import { isUtf8Type } from '#libs/platform/kernel';
import type { IncomingHttpHeaders } from 'undici/types/header.js';

import { UpstreamError } from '../errors.js';

/** The head of an answer: its status and headers (names in lower case). */
export interface AnswerHead {
  status: number;
  headers: IncomingHttpHeaders;
}

/** Reads one answer as it arrives; a value from `data` ends the reading early. */
export interface AnswerReader<T extends object> {
  data(chunk: Buffer): T | undefined;
  end(): T;
}

/** What a reader may do about its exchange while it reads. */
export interface ExchangeControl {
  /** The server shows that it is at work: its time begins anew, up to a maximum. */
  extend(): void;
  /** Reads no more until `room` settles. */
  waitFor(room: Promise<void>): void;
}

/** Reads the whole body and makes a value of it. */
export const readBytes = <T extends object>(make: (bytes: Buffer) => T): AnswerReader<T> => {
  const chunks: Buffer[] = [];
  return {
    data: (chunk) => {
      chunks.push(chunk);
      return undefined;
    },
    end: () => make(Buffer.concat(chunks)),
  };
};

/** Reads the whole body and makes a value of its text; of null where it is not in UTF-8. */
export const readText = <T extends object>(
  head: AnswerHead,
  make: (text: string | null) => T,
): AnswerReader<T> =>
  readBytes((bytes) => make(isInUtf8(head) && isUtf8(bytes) ? bytes.toString('utf8') : null));

/** Whether the answer is said to be in UTF-8, or not said to be in anything else. */
export const isInUtf8 = (head: AnswerHead): boolean => isUtf8Type(headersOf(head, 'content-type'));

/** An answer whose characters nobody can be sure of is not passed on (invariant G20). */
export const notUtf8 = (): UpstreamError =>
  new UpstreamError('upstream_failed', "The tool server's answer is not in UTF-8.", 'unknown');

/** One header's value, or an empty string. */
export const headerOf = (head: AnswerHead, name: string): string => {
  const value = head.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
};

/** All values of one header, as one. */
export const headersOf = (head: AnswerHead, name: string): string =>
  [head.headers[name] ?? []].flat().join(', ');

/** The media type without its parameters, in lower case. */
export const mediaTypeOf = (head: AnswerHead): string =>
  (headerOf(head, 'content-type').split(';')[0] ?? '').trim().toLowerCase();
