import type { Socket } from 'node:net';

const INTERIM = /^HTTP\/1\.[01] (?:100|102|103)[ \r\n]/;
const LONGEST_PREFIX = 'HTTP/1.1 100 '.length;
const HEAD_END = Buffer.from('\r\n\r\n');
const MAX_HEAD_BYTES = 16 * 1024;

/**
 * Takes interim answers (RFC 9110 §15.2) off what undici reads from the socket: it skips 102 and 103 by
 * itself, but takes a 100 that it did not ask for as a failure. A final answer, and everything after it until
 * the next request is written, is passed on as it comes.
 */
export const skipInterimAnswers = <S extends Socket>(socket: S): S => {
  const filter = new InterimFilter();
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  socket.write = (...args: unknown[]): boolean => {
    filter.isAwaiting = true;
    return write(...args);
  };
  socket.read = (size?: number): Buffer | null => {
    for (let chunk = read(size); chunk !== null; chunk = read(size)) {
      const rest = filter.take(chunk);
      if (rest.length > 0) return rest;
    }
    return null;
  };
  return socket;
};

class InterimFilter {
  /** A request was written, and its final answer has not begun. */
  isAwaiting = false;
  #pending: Buffer = Buffer.alloc(0);

  /** What is left of a chunk. The beginning of an answer is kept back until it is known which kind it is. */
  take(chunk: Buffer): Buffer {
    if (!this.isAwaiting) return chunk;
    let bytes = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    this.#pending = Buffer.alloc(0);
    for (;;) {
      const start = bytes.toString('latin1', 0, LONGEST_PREFIX);
      if (start.length < LONGEST_PREFIX && 'HTTP/1.'.startsWith(start.slice(0, 7)))
        return this.#keepBack(bytes);
      if (!INTERIM.test(start)) {
        this.isAwaiting = false;
        return bytes;
      }
      const end = bytes.indexOf(HEAD_END);
      // Larger than any head: undici says what is wrong with it.
      if (end < 0 && bytes.length > MAX_HEAD_BYTES) this.isAwaiting = false;
      if (end < 0) return this.isAwaiting ? this.#keepBack(bytes) : bytes;
      bytes = bytes.subarray(end + HEAD_END.length);
    }
  }

  #keepBack(bytes: Buffer): Buffer {
    this.#pending = bytes;
    return Buffer.alloc(0);
  }
}
