import { isIP } from 'node:net';

import { DomainError } from '#libs/platform/kernel';

import { addressRules, type AddressRules } from './address-rules.js';

const MAX_URL_LENGTH = 2000;

/**
 * Checks an address that somebody registers, before any name is resolved: http or https, no
 * credentials in it, and no literal IP address (in whatever notation) that is out of bounds.
 * Names are checked again, by what they resolve to, at every connection.
 * @throws DomainError `invalid_input`
 */
export const assertOutboundUrl = (url: string, allow: readonly string[] = []): URL =>
  checkUrl(url, addressRules(allow));

export const checkUrl = (url: string, canConnect: AddressRules): URL => {
  const parsed = url.length <= MAX_URL_LENGTH ? URL.parse(url) : null;
  if (parsed === null)
    throw rejected(`The address is not a URL of at most ${String(MAX_URL_LENGTH)} characters.`);
  checkParts(parsed);
  // URL has already turned decimal, octal, hexadecimal and short forms into dotted IPv4.
  const literal = literalAddress(parsed.hostname);
  if (literal !== undefined && !canConnect(literal))
    throw new DomainError('invalid_input', OUT_OF_BOUNDS);
  parsed.hash = '';
  return parsed;
};

/** What is left to check of an address at each request: the connector evaluates where it leads. */
export const checkParts = (url: URL): void => {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw rejected('The address must begin with https:// or http://.');
  if (url.username !== '' || url.password !== '')
    throw rejected(
      'The address must not carry a user name or password; store a credential instead.',
    );
};

/** One sentence for every rejected address: it must not tell apart what is behind a name. */
export const OUT_OF_BOUNDS =
  'The address is in a network that Gatehouse may not connect to. If it should, name the network in OUTBOUND_ALLOW.';

/** The host of an address, in whose name a last dot changes nothing. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/\.$/, '');

/** The IP address that a URL's host is, or nothing if it is a name. */
export const literalAddress = (hostname: string): string | undefined => {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return isIP(bare) === 0 ? undefined : bare;
};

const rejected = (message: string): DomainError => new DomainError('invalid_input', message);
