import { DomainError, isObject } from '#libs/platform/kernel';
import { metadataAddresses } from '#libs/trust/token-verification';
import type { OutboundFetch } from '#libs/engine/upstream';

/** A document of an issuer's, or a sentence that says why there is none. */
export type Fetched =
  | { document: Record<string, unknown>; serverDate: Date | null }
  | { document: null; problem: string };

/** What an issuer says of itself: by OpenID Connect Discovery, else by RFC 8414. */
export const probeMetadata = async (
  fetch: OutboundFetch,
  issuer: string,
  signal: AbortSignal,
): Promise<Fetched> => {
  const [openId, oauth] = metadataAddresses(issuer);
  const found = await probeDocument(fetch, openId, signal);
  if (found.document !== null) return found;
  const other = await probeDocument(fetch, oauth, signal);
  return other.document === null ? found : other;
};

/** One JSON object. Nothing else that the address returns is repeated. */
export const probeDocument = async (
  fetch: OutboundFetch,
  url: string,
  signal: AbortSignal,
): Promise<Fetched> => {
  try {
    const response = await fetch(url, { headers: { accept: 'application/json' }, signal });
    if (response.status !== 200)
      return { document: null, problem: `${url} answers with HTTP ${response.status}.` };
    const document: unknown = await response.json();
    if (!isObject(document)) return { document: null, problem: `${url} holds no JSON object.` };
    return { document, serverDate: dateOf(response) };
  } catch (error) {
    return { document: null, problem: `${url}: ${reasonOf(error)}` };
  }
};

const dateOf = (response: Response): Date | null => {
  const time = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(time) ? null : new Date(time);
};

// The way out speaks of tool servers, which is what it mostly reaches.
const reasonOf = (error: unknown): string =>
  error instanceof DomainError
    ? error.message.replaceAll('tool server', 'issuer')
    : 'It holds no JSON.';
