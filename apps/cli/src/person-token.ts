import { DomainError } from '#libs/platform/kernel';
import * as openid from 'openid-client';
import { localStart } from './local-start.js';

// Nobody listens there: the address is only read for its code.
const REDIRECT_URI = 'http://127.0.0.1/callback';

/**
 * `gatehouse token --person ACCOUNT`: signs in at the sandbox's IdP as that person would, in the company's
 * own interactive client, and prints the access token about them that this gives.
 */
export const personToken = async (account: string): Promise<string> => {
  const { issuer, audience, people } = localStart().start;
  if (!people) throw new DomainError('precondition_failed', 'Run npm start once more first.');
  const email = account.includes('@') ? account : `${account}@example.test`;
  const config = await connect(issuer, people.clientId);
  const verifier = openid.randomPKCECodeVerifier();
  const begin = openid.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT_URI,
    scope: 'openid',
    resource: audience,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const end = await signIn(new Browser(new URL(issuer).origin), begin, {
    email,
    password: people.password,
  });
  if (!end.href.startsWith(REDIRECT_URI))
    throw new DomainError(
      'forbidden',
      `The sandbox's IdP has no account with the address ${email}.`,
    );
  const parameters = { resource: audience };
  const checks = { pkceCodeVerifier: verifier };
  return (await openid.authorizationCodeGrant(config, end, checks, parameters)).access_token;
};

const connect = (issuer: string, clientId: string): Promise<openid.Configuration> =>
  openid
    .discovery(
      new URL(issuer),
      clientId,
      { id_token_signed_response_alg: 'ES256' },
      openid.None(),
      { execute: [openid.allowInsecureRequests] },
    )
    .catch((cause: unknown) => {
      throw new DomainError('unavailable', 'The sandbox does not answer: is npm start running?', {
        cause,
      });
    });

// Two pages: who it is, and whether the client may act for them.
const signIn = async (
  browser: Browser,
  begin: URL,
  credentials: { email: string; password: string },
): Promise<URL> => {
  const form = await browser.go(begin);
  const consent = await browser.go(form, { ...credentials });
  return consent.href.startsWith(REDIRECT_URI) || consent.href === form.href
    ? consent
    : browser.go(consent, {});
};

const MAX_HOPS = 10;

/** Keeps cookies, and follows redirects as long as they stay at the IdP. */
class Browser {
  readonly #cookies = new Map<string, string>();

  constructor(private readonly home: string) {}

  async go(start: URL, form?: Record<string, string>): Promise<URL> {
    let url = start;
    let body = form;
    for (let hop = 0; hop < MAX_HOPS && url.origin === this.home; hop += 1) {
      const location = await this.#send(url, body);
      if (location === null) return url;
      url = new URL(location, url);
      body = undefined;
    }
    return url;
  }

  async #send(url: URL, form?: Record<string, string>): Promise<string | null> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    await response.body?.cancel();
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response.headers.get('location');
  }
}
