import { domainToASCII, domainToUnicode } from 'node:url';

const MAX_LENGTH = 253;
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;
// What IDNA 2003 and IDNA 2008 read differently (one client would go to fass.de, another to faß.de), and the
// Kelvin sign, which is an ASCII "k" as soon as it is lower case.
const READ_IN_TWO_WAYS = /[ßẞς]|\u200c|\u200d|\u212a/u;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const IPV6 = /^\[[0-9a-f:.]{2,45}\]$/i;

/**
 * A host in the one form in which hosts are compared: lower case, international names in punycode, no dot at
 * the end, IPv6 compressed in brackets. Null for what is no host, and for what programs read differently:
 * percent-encoding, `127.1` and `0x7f.0.0.1`, letters that only a compatibility mapping makes plain.
 */
export function canonicalHost(text: string): string | null {
  if (IPV6.test(text)) return canonicalIpv6(text);
  const name = canonicalName(text);
  return name ?? (IPV4.test(text) ? text : null);
}

/** As {@link canonicalHost}, for names only: an IP address is null. */
export function canonicalName(text: string): string | null {
  if (text.length > MAX_LENGTH + 1) return null;
  const name = text.endsWith('.') ? text.slice(0, -1) : text;
  const ascii = /^[\x21-\x7e]+$/.test(name) ? name.toLowerCase() : toPunycode(name);
  if (ascii === null || ascii.length > MAX_LENGTH) return null;
  const labels = ascii.split('.');
  if (!labels.every((label) => LABEL.test(label))) return null;
  // Such a name is an IP address to some programs (WHATWG: "ends in a number").
  if (/^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '')) return null;
  return ascii.includes('xn--') && domainToASCII(ascii) !== ascii ? null : ascii;
}

function toPunycode(name: string): string | null {
  if (READ_IN_TWO_WAYS.test(name)) return null;
  const plain = name.normalize('NFC').toLowerCase();
  const ascii = domainToASCII(plain);
  // What comes back changed was mapped by compatibility: "ｅ" to "e", "。" to ".".
  return ascii !== '' && domainToUnicode(ascii) === plain ? ascii : null;
}

function canonicalIpv6(text: string): string | null {
  return URL.canParse(`http://${text}/`) ? new URL(`http://${text}/`).hostname : null;
}
