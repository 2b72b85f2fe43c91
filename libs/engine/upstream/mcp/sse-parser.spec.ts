import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SseParser } from './sse-parser.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (...chunks: Uint8Array[]) => {
  const parser = new SseParser(1000);
  return chunks.flatMap((chunk) => parser.push(chunk));
};

describe('the event stream parser', () => {
  it('reads fields, several data lines, comments and all three line ends', () => {
    expect(
      parse(
        bytes(
          '\uFEFF: hello\nid: 1\ndata: a\ndata:b\n\nevent: ping\r\ndata: c\r\n\r\ndata\rdata: \rdata:  d\r\r' +
            'nonsense\nretry: 1\nid: x\0y\n\ndata: unfinished\n',
        ),
      ),
    ).toEqual([
      { event: 'message', data: 'a\nb', id: '1' },
      { event: 'ping', data: 'c', id: '1' },
      { event: 'message', data: '\n\n d', id: '1' },
    ]);
  });

  it('reads the same events however the bytes are cut', () => {
    const line = fc.constantFrom(
      'data: é€😀"',
      'data:',
      'id: 7',
      ': c',
      'event: e',
      '',
      '',
      'data: x',
    );
    const end = fc.constantFrom('\n', '\r\n', '\r');
    const stream = fc.array(fc.tuple(line, end), { maxLength: 30 });
    fc.assert(
      fc.property(stream, fc.array(fc.nat(400), { maxLength: 40 }), (lines, cuts) => {
        const whole = bytes(lines.flat().join(''));
        const places = [0, ...cuts.map((cut) => cut % (whole.length + 1)), whole.length];
        places.sort((a, b) => a - b);
        const chunks = places.slice(1).map((place, index) => whole.subarray(places[index], place));
        expect(parse(...chunks)).toEqual(parse(whole));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses an event that never ends, also one without a line end', () => {
    expect(() => parse(bytes('data: x\n'.repeat(200)))).toThrow(/more than 1000 characters/);
    expect(() => parse(...Array.from({ length: 200 }, () => bytes('xxxxxxxxxx')))).toThrow(
      /more than/,
    );
  });

  it('does not count comments and finished events against an event', () => {
    const stream = `${': keep-alive\n'.repeat(500)}${'data: x\n\n'.repeat(500)}`;
    expect(parse(bytes(stream))).toHaveLength(500);
  });
});
