import { propertyRuns } from '#libs/dev/property-runs';
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
      'id',
      'id: \0',
      'retry: 5',
      'dat',
      '\uFEFFdata: z',
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
      { numRuns: propertyRuns(500) },
    );
  });

  it('rejects an event that never ends, also one without a line end', () => {
    expect(() => parse(bytes('data: x\n'.repeat(200)))).toThrow(/more than 1000 characters/);
    expect(() => parse(...Array.from({ length: 200 }, () => bytes('xxxxxxxxxx')))).toThrow(
      /more than/,
    );
  });

  it.each([
    ['data', 'data: ', 'xxxxxxxxxx'],
    ['a comment', ': ', 'xxxxxxxxxx'],
    ['an unknown field', '', 'xxxxxxxxxx'],
    ['an event type', 'event: ', 'xxxxxxxxxx'],
    ['an id', 'id: ', 'xxxxxxxxxx'],
    ['lines of data between keep-alives', '', ': keep-alive\ndata: x\n'],
    ['types of events without data', '', 'event: x\n'],
  ])('stops reading %s soon after the bound', (_name, first, next) => {
    const parser = new SseParser(1000);
    let chars = first.length;
    parser.push(bytes(first));
    expect(() => {
      for (; chars < 100_000; chars += next.length) parser.push(bytes(next));
    }).toThrow(expect.objectContaining({ code: 'upstream_failed', effect: 'unknown' }));
    expect(chars).toBeLessThan(12_000);
  });

  it('refuses a whole event over the bound in one chunk, and takes one below it', () => {
    const event = (length: number) => bytes(`data: ${'x'.repeat(length)}\n\n`);
    expect(parse(event(900))).toHaveLength(1);
    expect(() => parse(event(1001))).toThrow(/more than 1000 characters/);
    expect(() => parse(bytes('data: x\n\n'), event(1001))).toThrow(/more than/);
  });

  it('strips one byte order mark, whole or cut, and no second one', () => {
    const once = bytes('\uFEFFdata: a\n\n');
    expect(parse(once)).toHaveLength(1);
    expect(parse(once.subarray(0, 1), once.subarray(1, 2), once.subarray(2))).toHaveLength(1);
    expect(parse(bytes('\uFEFF\uFEFFdata: a\n\n'))).toEqual([]);
    expect(parse(bytes('\n\uFEFFdata: a\n\n'))).toEqual([]);
  });

  it('takes CR and LF for one line end though a chunk ends between them', () => {
    const chunks = ['event: e\r', '\ndata: a\r', '\ndata: b\r', '\n\r', '\ndata: c\r', '\r'];
    expect(parse(...chunks.map(bytes))).toEqual([
      { event: 'e', data: 'a\nb', id: '' },
      { event: 'message', data: 'c', id: '' },
    ]);
  });

  it('keeps an id for the events after it, and drops it when it is set empty', () => {
    expect(parse(bytes('id: 1\n\ndata: a\n\nid\ndata: b\n\n')).map(({ id }) => id)).toEqual([
      '1',
      '',
    ]);
  });

  it('does not count comments and finished events against an event', () => {
    const stream = `${': keep-alive\n'.repeat(500)}${'data: x\n\n'.repeat(500)}`;
    expect(parse(bytes(stream))).toHaveLength(500);
    expect(parse(...stream.split(/(?<=\n)/).map(bytes))).toHaveLength(500);
  });
});
