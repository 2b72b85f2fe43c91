import { createServer } from 'node:http';
import type { Provider as ProviderType } from 'oidc-provider';
import { listenOnLoopback } from '../listen.js';
import type { IdpOptions } from './clients.js';
import { idpConfiguration, newCookieKeys } from './configuration.js';
import { answerInteraction } from './interactions.js';
import { createMemoryAdapter } from './memory-adapter.js';
import { Provider } from './quiet-oidc-provider.js';
import { loadOrCreateKeys, withNewKey, type SigningKeyStore } from './signing-keys.js';

/** The demo organisation's running identity provider. */
export interface Idp {
  issuer: string;
  port: number;
  /** Signs with a new key from now on; the one before it stays published. */
  rotateKeys(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the IdP on 127.0.0.1; its issuer is http://localhost:PORT. */
export async function startIdp(
  options: IdpOptions & { port: number; keyStore: SigningKeyStore },
): Promise<Idp> {
  const adapter = createMemoryAdapter();
  const cookieKeys = newCookieKeys();
  const server = createServer();
  const { port, close } = await listenOnLoopback(server, options.port, "the company's IdP");
  const issuer = `http://localhost:${port}`;
  let keys = await loadOrCreateKeys(options.keyStore);
  const build = (): ProviderType =>
    new Provider(issuer, idpConfiguration(options, keys, adapter, cookieKeys));
  let provider = build();
  let answer = provider.callback();
  server.on('request', (request, response) => {
    // The library builds its addresses from the Host header, so only the issuer's own is served.
    if (request.headers.host !== `localhost:${port}`) {
      response.writeHead(421, { 'content-type': 'text/plain' }).end(`This is ${issuer}.\n`);
      return;
    }
    const answered = request.url?.startsWith('/interaction/')
      ? answerInteraction(provider, request, response)
      : answer(request, response);
    answered.catch(() => response.headersSent || response.writeHead(500).end());
  });
  return {
    issuer,
    port,
    rotateKeys: async () => {
      keys = await withNewKey(keys);
      await options.keyStore.save(keys);
      // A new provider over the same sessions: the library reads its keys only when it is made.
      provider = build();
      answer = provider.callback();
    },
    stop: close,
  };
}
