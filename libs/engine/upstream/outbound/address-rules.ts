import { BlockList, isIP } from 'node:net';

import { DomainError } from '#libs/platform/kernel';
import ipaddr from 'ipaddr.js';

import { GLOBAL_V6, NEVER_REACHABLE, SPECIAL_V4, SPECIAL_V6 } from './address-ranges.js';

/** Says whether Gatehouse may open a connection to an IP address (never to a name). */
export type AddressRules = (address: string) => boolean;

/**
 * The rules for one installation: public addresses, and what the CIDRs in `allow` name. Metadata,
 * link-local, multicast and unspecified addresses are rejected even if a CIDR covers them.
 */
export const addressRules = (allow: readonly string[]): AddressRules => {
  const allowed = parseCidrs(allow);
  return (address) => {
    // A zone id picks a network interface: nothing reachable that way is a tool server.
    if (isIP(address) === 0 || address.includes('%')) return false;
    const parsed = ipaddr.process(address); // a v4-mapped address becomes the v4 it means
    const text = parsed.toString();
    const isV4 = parsed instanceof ipaddr.IPv4;
    const family = isV4 ? 'ipv4' : 'ipv6';
    const carried = isV4 ? [] : carriedV4(parsed.toByteArray());
    if (
      NEVER_REACHABLE.check(text, family) ||
      carried.some(({ v4 }) => NEVER_REACHABLE.check(v4, 'ipv4'))
    )
      return false;
    if (allowed.check(text, family)) return true;
    if (isV4) return !SPECIAL_V4.check(text, 'ipv4');
    const translated = carried.find(({ nat64 }) => nat64);
    // DNS64 networks reach the public IPv4 internet through this prefix, so the inner address decides.
    if (translated !== undefined)
      return allowed.check(translated.v4, 'ipv4') || !SPECIAL_V4.check(translated.v4, 'ipv4');
    return GLOBAL_V6.check(text, 'ipv6') && !SPECIAL_V6.check(text, 'ipv6');
  };
};

const parseCidrs = (cidrs: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const match = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(cidr.trim());
    const family = isIP(match?.[1] ?? '');
    const prefix = Number(match?.[2]);
    if (match?.[1] === undefined || family === 0 || prefix > (family === 4 ? 32 : 128))
      throw new DomainError(
        'invalid_input',
        `OUTBOUND_ALLOW contains "${cidr}", which is not a CIDR such as 10.1.0.0/16 or ::1/128.`,
      );
    list.addSubnet(match[1], prefix, family === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
};

interface CarriedV4 {
  v4: string;
  /** Wrapped by the well-known prefix of NAT64: connecting there is connecting to `v4`. */
  nat64: boolean;
}

/** IPv4 addresses that an IPv6 one may be a wrapping of: compatible, NAT64, 6to4, Teredo. */
const carriedV4 = (bytes: readonly number[]): CarriedV4[] => {
  const group = (index: number): number =>
    ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0);
  const v4 = (places: readonly number[], mask = 0): string =>
    places.map((place) => (bytes[place] ?? 0) ^ mask).join('.');
  const isZero = (from: number, to: number): boolean =>
    bytes.slice(from, to).every((byte) => byte === 0);
  if (isZero(0, 12)) return maybe(v4(LAST));
  if (group(0) === 0x64 && group(1) === 0xff9b && isZero(4, 12))
    return [{ v4: v4(LAST), nat64: true }];
  if (group(0) === 0x64 && group(1) === 0xff9b)
    return maybe(v4(LAST), ...RFC_6052_SPLITS.map((split) => v4(split)));
  if (group(0) === 0x2002) return maybe(v4([2, 3, 4, 5]));
  if (group(0) === 0x2001 && group(1) === 0) return maybe(v4(LAST, 0xff));
  return [];
};

// A first byte of zero is no wrapping but a small number: ::1 is loopback, not 0.0.0.1.
const maybe = (...found: string[]): CarriedV4[] =>
  found.filter((text) => !text.startsWith('0.')).map((text) => ({ v4: text, nat64: false }));

const LAST = [12, 13, 14, 15];
/** Where prefixes of 48, 56 and 64 bits put the four bytes: around byte 8, which stays empty. */
const RFC_6052_SPLITS = [
  [6, 7, 9, 10],
  [7, 9, 10, 11],
  [9, 10, 11, 12],
];
