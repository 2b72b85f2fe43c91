/** A person at the console, without a browser: what its scripts would send, sent as fast as it goes. */
export interface HttpPerson {
  /** Asks the API with the session and the CSRF token. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what it expects, as of response.json()
  ask(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
}

const MAX_HOPS = 20;

/** Cookies by host and port, as a browser that is asked nicely would keep them. */
class CookieJar {
  readonly #byOrigin = new Map<string, Map<string, string>>();

  header(url: URL): string {
    return [...(this.#byOrigin.get(url.origin) ?? [])]
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
  }

  keep(url: URL, lines: readonly string[]): void {
    const cookies = this.#byOrigin.get(url.origin) ?? new Map<string, string>();
    for (const line of lines) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    this.#byOrigin.set(url.origin, cookies);
  }
}

/**
 * Signs somebody in at the IdP's form, until the console's origin answers with a page. `api` is another
 * process of the same installation, which is then asked instead of the one at its public address.
 */
export const signInByHttp = async (
  publicUrl: string,
  credentials: Record<string, string>,
  api = publicUrl,
): Promise<HttpPerson> => {
  const { jar, send } = await signInAtForm(publicUrl, credentials);
  const session = await send(new URL('/api/v1/session', publicUrl), {});
  if (session.status !== 200) throw new Error(`nobody is signed in: ${session.status}`);
  const { csrfToken } = (await session.json()) as { csrfToken: string };
  const headers = {
    'content-type': 'application/json',
    'x-csrf-token': csrfToken,
    origin: publicUrl,
  };
  return {
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as declared above
    ask: async (method, path, body) => {
      const cookie = jar.header(new URL(publicUrl));
      const answer = await fetch(new URL(path, api), {
        method,
        headers: { ...headers, cookie },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const parsed = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
      return { status: answer.status, body: parsed };
    },
  };
};

type Send = (url: URL, init: RequestInit) => Promise<Response>;

/** The sign-in alone: the person whom it leaves with a session, and those cookies. */
const signInAtForm = async (
  publicUrl: string,
  credentials: Record<string, string>,
): Promise<{ jar: CookieJar; send: Send }> => {
  const jar = new CookieJar();
  const send: Send = async (url, init) => {
    const headers = { ...(init.headers as Record<string, string>), cookie: jar.header(url) };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    jar.keep(url, answer.headers.getSetCookie());
    return answer;
  };
  const form = (): RequestInit => ({ method: 'POST', body: new URLSearchParams(credentials) });
  let url = new URL('/api/sign-in', publicUrl);
  let next: RequestInit = {};
  for (let hop = 0; hop < MAX_HOPS; hop += 1) {
    const answer = await send(url, next);
    const location = answer.headers.get('location');
    await answer.body?.cancel();
    if (location === null && url.origin === publicUrl) return { jar, send };
    if (location === null && (next.method === 'POST' || !answer.ok))
      throw new Error(`${url.href} answered ${answer.status}`);
    next = location === null ? form() : {};
    if (location !== null) url = new URL(location, url);
  }
  throw new Error(`the sign-in does not end: ${url.href}`);
};
