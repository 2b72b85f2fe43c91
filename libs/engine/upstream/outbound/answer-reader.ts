import type { IncomingHttpHeaders } from 'undici/types/header.js';

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

/** Reads the whole body as UTF-8 text and makes a value of it. */
export const readText = <T extends object>(make: (text: string) => T): AnswerReader<T> => {
  const chunks: Buffer[] = [];
  return {
    data: (chunk) => {
      chunks.push(chunk);
      return undefined;
    },
    end: () => make(Buffer.concat(chunks).toString('utf8')),
  };
};

/** One header's value, or an empty string. */
export const headerOf = (head: AnswerHead, name: string): string => {
  const value = head.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
};

/** The media type without its parameters, in lower case. */
export const mediaTypeOf = (head: AnswerHead): string =>
  (headerOf(head, 'content-type').split(';')[0] ?? '').trim().toLowerCase();
