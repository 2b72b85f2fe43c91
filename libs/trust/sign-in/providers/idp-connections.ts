import { Inject, Injectable } from '@nestjs/common';
import { CommandRuntime } from '#libs/engine/commands';
import { DomainError } from '#libs/platform/kernel';
import { OUTBOUND, outboundFetch, type Outbound } from '#libs/engine/upstream';
import {
  allowInsecureRequests,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type Configuration,
} from 'openid-client';
import type { SignInProvider } from './sign-in-provider.js';

const TIMEOUT_SECONDS = 5;
// Anybody may ask to sign in: an IdP that is down is not asked again for each of them.
const RETRY_AFTER_MS = 5_000;
const REFRESH_AFTER_MS = 60 * 60_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const isLoopbackHttp = (issuer: URL) =>
  issuer.protocol === 'http:' && LOOPBACK.has(issuer.hostname);

interface Connection {
  version: string;
  startedAt: number;
  config: Promise<Configuration>;
  hasFailed: boolean;
}

/**
 * What the IdPs say of themselves, looked up when somebody first signs in there: while one is down the API
 * runs, and a later attempt asks again. All of it goes by checked connections (invariant G4).
 */
@Injectable()
export class IdpConnections {
  readonly #connections = new Map<string, Connection>();

  constructor(
    @Inject(OUTBOUND) private readonly outbound: Outbound,
    private readonly runtime: CommandRuntime,
  ) {}

  /** The IdP's configuration. @throws when it does not answer, or answers for another issuer. */
  ready(provider: SignInProvider): Promise<Configuration> {
    const now = this.runtime.clock.now().getTime();
    const known = this.#connections.get(provider.key);
    if (known !== undefined && isUsable(known, provider, now)) return known.config;
    const connection: Connection = {
      version: provider.version,
      startedAt: now,
      config: this.#discover(provider),
      hasFailed: false,
    };
    connection.config.catch(() => (connection.hasFailed = true));
    this.#connections.set(provider.key, connection);
    return connection.config;
  }

  async #discover(provider: SignInProvider): Promise<Configuration> {
    const url = new URL(provider.issuer);
    const config = await discovery(
      url,
      provider.clientId,
      {
        client_secret: provider.clientSecret(),
        [clockTolerance]: provider.jwt.clockToleranceSeconds,
      },
      undefined,
      {
        timeout: TIMEOUT_SECONDS,
        [customFetch]: outboundFetch(this.outbound, { timeoutMs: TIMEOUT_SECONDS * 1000 }),
        execute: [
          // The ID token's signature is checked too, not only the connection that it came over.
          enableNonRepudiationChecks,
          ...(isLoopbackHttp(url) ? [allowInsecureRequests] : []),
        ],
      },
    );
    // The library compares addresses as browsers do; identity depends on the exact string.
    if (config.serverMetadata().issuer !== provider.issuer)
      throw new DomainError('unavailable', `The IdP ${provider.issuer} names itself otherwise.`);
    return config;
  }
}

const isUsable = (known: Connection, provider: SignInProvider, now: number): boolean => {
  const age = Math.abs(now - known.startedAt);
  const limit = known.hasFailed ? RETRY_AFTER_MS : REFRESH_AFTER_MS;
  return known.version === provider.version && age < limit;
};
