import { canonicalHost, canonicalName } from './host-name.js';
import type { NameSource } from './condition.js';

const MAX_URL_LENGTH = 8_192;
const MAX_ADDRESS_LENGTH = 320;

/**
 * The host of an absolute URL, or the domain of an e-mail address, in its canonical form. Null where it is
 * none, and where two programs could read two different ones, so that the upstream might go elsewhere.
 */
export const readName = (source: NameSource, text: string): string | null =>
  source === 'host' ? hostOfUrl(text) : domainOfAddress(text);

// Without a space, a control character or a backslash anywhere: programs drop them, or take "\" for "/".
const URL_PARTS = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)(?:[/?#]|$)/i;
const UNSAFE = /[\s\\\p{Cc}\p{Cf}]/u;
const AUTHORITY = /^(?:[^@]*@)?(\[[^\]@]*\]|[^:@[\]]+)(?::(\d{0,5}))?$/;

function hostOfUrl(text: string): string | null {
  if (text.length > MAX_URL_LENGTH || UNSAFE.test(text)) return null;
  const authority = URL_PARTS.exec(text)?.[1];
  const [, host, port] = AUTHORITY.exec(authority ?? '') ?? [];
  if (host === undefined || Number(port ?? 0) > 65_535) return null;
  return canonicalHost(host);
}

// The bare address: of "A <a@x>", "a@x, b@y" and a quoted local part, programs read different addresses.
const ADDRESS = /^[^\s"(),:;<>@[\\\]\p{Cc}\p{Cf}]+@([^@]+)$/u;

function domainOfAddress(text: string): string | null {
  if (text.length > MAX_ADDRESS_LENGTH) return null;
  const domain = ADDRESS.exec(text)?.[1];
  return domain === undefined ? null : canonicalName(domain);
}
