import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalHost } from './host-name.js';
import { readName } from './read-name.js';

describe('the host of a URL', () => {
  it.each([
    ['https://example.test', 'example.test'],
    ['https://example.test/a?b#c', 'example.test'],
    ['HTTPS://Sub.EXAMPLE.Test:8443/', 'sub.example.test'],
    ['https://example.test.:443/', 'example.test'],
    ['https://example.test:/', 'example.test'],
    ['https://example.test?@evil.test/', 'example.test'],
    ['https://example.test#@evil.test/', 'example.test'],
    ['https://example.test/@evil.test', 'example.test'],
    ['https://example.test@evil.test/', 'evil.test'],
    ['https://example.test:443@evil.test:80/', 'evil.test'],
    ['https://user:pa%40ss@example.test/', 'example.test'],
    ['postgres://db.example.test:5432/x', 'db.example.test'],
    ['http://localhost:4000', 'localhost'],
    ['http://127.0.0.1:80/', '127.0.0.1'],
    ['http://[::1]:80/', '[::1]'],
    ['http://[0:0:0:0:0:0:0:1]/', '[::1]'],
    ['http://[::ffff:127.0.0.1]/', '[::ffff:7f00:1]'],
    ['https://bücher.test/', 'xn--bcher-kva.test'],
    ['https://BÜCHER.test/', 'xn--bcher-kva.test'],
    ['https://bu\u0308cher.test/', 'xn--bcher-kva.test'],
    ['https://xn--bcher-kva.test/', 'xn--bcher-kva.test'],
    ['https://a_b.example.test/', 'a_b.example.test'],
  ])('of %s is %s', (url, host) => {
    expect(readName('host', url)).toBe(host);
  });

  it.each([
    ['no URL', 'example.test'],
    ['nothing', ''],
    ['a relative reference', '//example.test/'],
    ['a URL without an authority', 'mailto:a@example.test'],
    ['a script', 'javascript://%0aalert(1)'],
    ['one slash, which browsers mend', 'https:/example.test'],
    ['three slashes, which browsers mend', 'https:///example.test/'],
    ['a URL inside a URL', 'blob:https://example.test/x'],
    ['a backslash, which browsers take for a slash', 'https://evil.test\\@example.test/'],
    ['a backslash after the host', 'https://example.test\\.evil.test/'],
    ['a tab, which browsers drop', 'https://exam\tple.test/'],
    ['a line break at the end', 'https://example.test/\n'],
    ['a space in front', ' https://example.test/'],
    ['NUL', 'https://example.test\0.evil.test/'],
    ['several @', 'https://a@example.test@evil.test/'],
    ['a port that is none', 'https://example.test:x/'],
    ['a port that is too large', 'https://example.test:65536/'],
    ['percent-encoding', 'https://%65xample.test/'],
    ['an encoded slash', 'https://evil.test%2f.example.test/'],
    ['two dots at the end', 'https://example.test../'],
    ['an empty label', 'https://example..test/'],
    ['a label that begins with a hyphen', 'https://-a.example.test/'],
    ['a number for an address', 'http://2130706433/'],
    ['a short address', 'http://127.1/'],
    ['an address in octal', 'http://0177.0.0.1/'],
    ['an address in hexadecimal', 'http://0x7f.0.0.1/'],
    ['an address that is too large', 'http://256.0.0.1/'],
    ['an IPv6 address that is none', 'http://[::1::]/'],
    ['an IPv6 address with a zone', 'http://[fe80::1%25eth0]/'],
    ['brackets without an address', 'http://[example.test]/'],
    ['fullwidth letters', 'https://ｅxample.test/'],
    ['an ideographic full stop', 'https://example。test/'],
    ['a sign that becomes a slash', 'https://evil.test\u2100.example.test/'],
    ['the Kelvin sign', 'https://\u212aelvin.test/'],
    ['what IDNA 2003 and 2008 read differently', 'https://faß.test/'],
    ['a joiner', 'https://a\u200db.test/'],
    ['punycode of nothing', 'https://xn--.test/'],
    ['broken punycode', 'https://xn--a-ecp.test\u00ad/'],
    ['a label of 64 characters', `https://${'a'.repeat(64)}.test/`],
    ['a name of 254 characters', `https://${'a.'.repeat(125)}test/`],
    ['other characters in the name', 'https://a!b.test/'],
    ['a URL of more than 8,192 characters', `https://example.test/${'x'.repeat(8_192)}`],
  ])('is unknown for %s', (_, url) => {
    expect(readName('host', url)).toBeNull();
  });

  it('is never another than a browser reads', () => {
    const piece = fc.constantFrom(
      'http',
      's',
      ':',
      '/',
      '//',
      '@',
      '\\',
      '?',
      '#',
      '.',
      '%2e',
      '[',
      ']',
      '::1',
      '1',
      '0x7f',

      'a',
      'B',
      'test',
      'ü',
      'ß',
      'ｅ',
      '。',
      '\t',
      '\n',
      ' ',
      '-',
      '_',
      'xn--',
      '\u212a',
      '\u200d',
    );
    const url = fc.array(piece, { maxLength: 12 }).map((pieces) => `http://${pieces.join('')}`);
    let known = 0;
    fc.assert(
      fc.property(url, (text) => {
        const host = readName('host', text);
        if (host === null) return;
        known += 1;
        expect(new URL(text).hostname.replace(/\.$/, '')).toBe(host);
        expect(canonicalHost(host)).toBe(host);
      }),
      { numRuns: 5_000 },
    );
    expect(known).toBeGreaterThan(100);
  });
});

describe('the domain of an address', () => {
  it.each([
    ['ann@example.test', 'example.test'],
    ['Ann.B+tag@EXAMPLE.Test', 'example.test'],
    ['ann@example.test.', 'example.test'],
    ['ann%evil.test@example.test', 'example.test'],
    ["o'neill!x@example.test", 'example.test'],
    ['ann@bücher.test', 'xn--bcher-kva.test'],
    ['анна@example.test', 'example.test'],
    ['root@localhost', 'localhost'],
  ])('of %s is %s', (address, domain) => {
    expect(readName('domain', address)).toBe(domain);
  });

  it.each([
    ['no address', 'example.test'],
    ['nothing before the @', '@example.test'],
    ['nothing after it', 'ann@'],
    ['a display name', 'Ann <ann@example.test>'],
    ['angle brackets', '<ann@example.test>'],
    ['a display name that is an address', 'ann@example.test <eve@evil.test>'],
    ['two addresses', 'ann@example.test, eve@evil.test'],
    ['two addresses by a semicolon', 'ann@example.test;eve@evil.test'],
    ['several @', 'eve@evil.test@example.test'],
    ['a quoted local part', '"eve@evil.test"@example.test'],
    ['a comment', 'eve@evil.test(@example.test)'],
    ['a source route', '@example.test:eve@evil.test'],
    ['a URL', 'mailto:ann@example.test'],
    ['a space', 'ann @example.test'],
    ['a line break', 'ann@example.test\nbcc:eve@evil.test'],
    ['a line break at the end', 'ann@example.test\n'],
    ['an address literal', 'ann@[127.0.0.1]'],
    ['an IP address', 'ann@127.0.0.1'],
    ['an empty label', 'ann@example..test'],
    ['fullwidth letters', 'ann@ｅxample.test'],
    ['more than 320 characters', `${'a'.repeat(320)}@example.test`],
  ])('is unknown for %s', (_, address) => {
    expect(readName('domain', address)).toBeNull();
  });
});
