import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, type SignInConfig } from '#libs/config';
import { DomainError } from '#libs/kernel';
import {
  allowInsecureRequests,
  buildEndSessionUrl,
  discovery,
  enableNonRepudiationChecks,
  type Configuration,
} from 'openid-client';
import { OidcStrategy } from './oidc.strategy.js';

const TIMEOUT_SECONDS = 5;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

const isLoopbackHttp = (issuer: URL) =>
  issuer.protocol === 'http:' && LOOPBACK.has(issuer.hostname);

const discover = ({ issuer, clientId, clientSecret }: SignInConfig): Promise<Configuration> => {
  const url = new URL(issuer);
  return discovery(url, clientId, clientSecret, undefined, {
    timeout: TIMEOUT_SECONDS,
    execute: [
      // The ID token's signature is checked too, not only the connection that it came over.
      enableNonRepudiationChecks,
      ...(isLoopbackHttp(url) ? [allowInsecureRequests] : []),
    ],
  });
};

/**
 * The company's IdP, looked up when somebody first signs in: while it is down the API runs, and the
 * next attempt asks again.
 */
@Injectable()
export class IdentityProvider {
  private strategy: Promise<{ config: Configuration }> | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Makes Passport's strategy ready. @throws when the IdP does not answer. */
  async ready(): Promise<Configuration> {
    this.strategy ??= this.start();
    try {
      return (await this.strategy).config;
    } catch (error) {
      this.strategy = undefined;
      throw error;
    }
  }

  /** Where the browser ends its session at the IdP too; our own front page when that is not known. */
  async endSessionUrl(): Promise<string> {
    const home = `${this.config.publicUrl}/`;
    try {
      const config = await this.ready();
      if (config.serverMetadata().end_session_endpoint === undefined) return home;
      return buildEndSessionUrl(config, { post_logout_redirect_uri: home }).href;
    } catch {
      // Signing out here must not depend on the IdP.
      return home;
    }
  }

  private async start(): Promise<{ config: Configuration }> {
    const { signIn, publicUrl } = this.config;
    if (signIn === null) throw new DomainError('unavailable', 'Sign-in is not set up here.');
    const config = await discover(signIn);
    // Constructing it registers it with Passport.
    void new OidcStrategy(config, `${publicUrl}/api/sign-in/callback`);
    return { config };
  }
}
