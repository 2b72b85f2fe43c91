import { fetchObject, type FetchDocument } from './fetch-document.js';

/**
 * Finds where an issuer publishes its keys: OpenID Connect Discovery §4, else RFC 8414 §3. The document
 * must name exactly the issuer that was asked for, or one could answer for another.
 */
export const discoverJwksUri = async (fetch: FetchDocument, issuer: string): Promise<string> => {
  const [openId, oauth] = metadataAddresses(issuer);
  try {
    return await readJwksUri(fetch, issuer, openId);
  } catch {
    return readJwksUri(fetch, issuer, oauth);
  }
};

const readJwksUri = async (
  fetch: FetchDocument,
  issuer: string,
  address: string,
): Promise<string> => {
  const document = await fetchObject(fetch, address);
  if (document['issuer'] !== issuer) throw new Error(`${address} describes another issuer`);
  const uri = document['jwks_uri'];
  if (typeof uri !== 'string' || !URL.canParse(uri)) throw new Error(`${address} has no jwks_uri`);
  const isSecure = new URL(issuer).protocol === 'https:';
  if (isSecure && new URL(uri).protocol !== 'https:')
    throw new Error(`${address} has no https jwks_uri`);
  return uri;
};

/** Where an issuer describes itself: OpenID Connect Discovery §4, then RFC 8414 §3. */
export const metadataAddresses = (issuer: string): readonly [openId: string, oauth: string] => {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return [
    `${origin}${path}/.well-known/openid-configuration`,
    `${origin}/.well-known/oauth-authorization-server${path}`,
  ];
};
