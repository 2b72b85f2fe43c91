/** A browser without scripts: it keeps cookies and follows redirects within the IdP. */
export class PlainBrowser {
  readonly #cookies = new Map<string, string>();

  constructor(private readonly home: string) {}

  async go(
    url: string,
    form?: Record<string, string>,
  ): Promise<{ response: Response; url: string }> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      this.#cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) return { response, url };
    const next = new URL(location, url);
    return next.origin === this.home ? this.go(next.href) : { response, url: next.href };
  }
}
